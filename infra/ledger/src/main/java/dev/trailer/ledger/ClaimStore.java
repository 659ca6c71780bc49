package dev.trailer.ledger;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The claim tables: reads what a batch touches, writes what it changed. Call only with the head row locked. */
final class ClaimStore {
    private ClaimStore() {}

    static ClaimBook load(Connection connection, Collection<Claim> claims) throws SQLException {
        Set<ClaimBook.NameKey> names = new LinkedHashSet<>();
        Set<String> pools = new LinkedHashSet<>();
        Set<String> holders = new LinkedHashSet<>();
        for (Claim claim : claims) {
            switch (claim) {
                case Claim.NameTaken c -> names.add(new ClaimBook.NameKey(c.space(), c.name()));
                case Claim.NameFreed c -> names.add(new ClaimBook.NameKey(c.space(), c.name()));
                case Claim.CapacityOffered c -> pools.add(c.pool());
                case Claim.PoolOpened c -> pools.add(c.pool());
                case Claim.CapacityWithdrawn c -> pools.add(c.pool());
                case Claim.Placed c -> {
                    pools.add(c.pool());
                    holders.add(c.holder());
                }
                case Claim.Displaced c -> holders.add(c.holder());
            }
        }
        var placements = loadPlacements(connection, holders);
        placements.values().forEach(p -> pools.add(p.pool()));
        var promised = new HashMap<String, Resources>();
        var counts = new HashMap<String, Integer>();
        var totals = loadPools(connection, pools, promised, counts);
        return new ClaimBook(loadNames(connection, names), totals, placements, promised, counts);
    }

    private static Map<ClaimBook.NameKey, String> loadNames(Connection connection, Set<ClaimBook.NameKey> keys)
            throws SQLException {
        var found = new HashMap<ClaimBook.NameKey, String>();
        if (keys.isEmpty()) {
            return found;
        }
        try (var query = connection.prepareStatement("""
                select n.kind, n.scope, n.name, n.holder from name_claim n
                join unnest(?::text[], ?::text[], ?::text[]) k (kind, scope, name) using (kind, scope, name)""")) {
            setTexts(query, 1, keys.stream().map(k -> k.space().kind()).toList());
            setTexts(query, 2, keys.stream().map(k -> k.space().scope()).toList());
            setTexts(query, 3, keys.stream().map(ClaimBook.NameKey::name).toList());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.put(
                            new ClaimBook.NameKey(
                                    new NameSpace(rows.getString(1), rows.getString(2)), rows.getString(3)),
                            rows.getString(4));
                }
            }
        }
        return found;
    }

    private static Map<String, ClaimBook.Pool> loadPools(
            Connection connection, Set<String> pools, Map<String, Resources> promised, Map<String, Integer> holders)
            throws SQLException {
        var found = new HashMap<String, ClaimBook.Pool>();
        if (pools.isEmpty()) {
            return found;
        }
        try (var query = connection.prepareStatement("""
                select cpu_millis, memory_bytes, gpus, promised_cpu_millis, promised_memory_bytes, promised_gpus,
                  pool, open, holders
                from capacity_pool where pool = any (?)""")) {
            setTexts(query, 1, List.copyOf(pools));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var pool = rows.getString(7);
                    found.put(pool, new ClaimBook.Pool(rows.getBoolean(8), resources(rows, 1)));
                    promised.put(pool, resources(rows, 4));
                    holders.put(pool, rows.getInt(9));
                }
            }
        }
        return found;
    }

    private static Map<String, ClaimBook.Placement> loadPlacements(Connection connection, Set<String> holders)
            throws SQLException {
        var found = new HashMap<String, ClaimBook.Placement>();
        if (holders.isEmpty()) {
            return found;
        }
        try (var query = connection.prepareStatement(
                "select cpu_millis, memory_bytes, gpus, holder, pool from capacity_placement where holder = any (?)")) {
            setTexts(query, 1, List.copyOf(holders));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(4), new ClaimBook.Placement(rows.getString(5), resources(rows, 1)));
                }
            }
        }
        return found;
    }

    static void save(Connection connection, ClaimBook book) throws SQLException {
        saveNames(connection, book);
        savePools(connection, book);
        savePlacements(connection, book);
        deletePools(connection, book);
    }

    private static void saveNames(Connection connection, ClaimBook book) throws SQLException {
        if (book.changedNames().isEmpty()) {
            return;
        }
        try (var delete = connection.prepareStatement(
                        "delete from name_claim where kind = ? and scope = ? and name = ?");
                var put = connection.prepareStatement("""
                        insert into name_claim (kind, scope, name, holder) values (?, ?, ?, ?)
                        on conflict (kind, scope, name) do update set holder = excluded.holder""")) {
            for (var key : book.changedNames()) {
                var holder = book.holderOf(key);
                var statement = holder == null ? delete : put;
                statement.setString(1, key.space().kind());
                statement.setString(2, key.space().scope());
                statement.setString(3, key.name());
                if (holder != null) {
                    statement.setString(4, holder);
                }
                statement.addBatch();
            }
            delete.executeBatch();
            put.executeBatch();
        }
    }

    private static void savePools(Connection connection, ClaimBook book) throws SQLException {
        if (book.changedPools().isEmpty()) {
            return;
        }
        try (var put = connection.prepareStatement("""
                insert into capacity_pool (pool, open, cpu_millis, memory_bytes, gpus,
                  promised_cpu_millis, promised_memory_bytes, promised_gpus, holders)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (pool) do update set open = excluded.open, cpu_millis = excluded.cpu_millis,
                  memory_bytes = excluded.memory_bytes, gpus = excluded.gpus,
                  promised_cpu_millis = excluded.promised_cpu_millis,
                  promised_memory_bytes = excluded.promised_memory_bytes,
                  promised_gpus = excluded.promised_gpus, holders = excluded.holders""")) {
            for (var id : book.changedPools()) {
                var pool = book.pool(id);
                if (pool != null) {
                    put.setString(1, id);
                    put.setBoolean(2, pool.open());
                    setResources(put, 3, pool.total());
                    setResources(put, 6, book.promisedBy(id));
                    put.setInt(9, book.holdersIn(id));
                    put.addBatch();
                }
            }
            put.executeBatch();
        }
    }

    private static void savePlacements(Connection connection, ClaimBook book) throws SQLException {
        if (book.changedPlacements().isEmpty()) {
            return;
        }
        try (var delete = connection.prepareStatement("delete from capacity_placement where holder = ?");
                var put = connection.prepareStatement("""
                        insert into capacity_placement (holder, pool, cpu_millis, memory_bytes, gpus)
                        values (?, ?, ?, ?, ?)
                        on conflict (holder) do update set pool = excluded.pool, cpu_millis = excluded.cpu_millis,
                          memory_bytes = excluded.memory_bytes, gpus = excluded.gpus""")) {
            for (var holder : book.changedPlacements()) {
                var placement = book.placement(holder);
                if (placement == null) {
                    delete.setString(1, holder);
                    delete.addBatch();
                } else {
                    put.setString(1, holder);
                    put.setString(2, placement.pool());
                    setResources(put, 3, placement.promised());
                    put.addBatch();
                }
            }
            delete.executeBatch();
            put.executeBatch();
        }
    }

    private static void deletePools(Connection connection, ClaimBook book) throws SQLException {
        var gone = new ArrayList<String>();
        for (var id : book.changedPools()) {
            if (book.pool(id) == null) {
                gone.add(id);
            }
        }
        if (gone.isEmpty()) {
            return;
        }
        try (var delete = connection.prepareStatement("delete from capacity_pool where pool = any (?)")) {
            setTexts(delete, 1, gone);
            delete.executeUpdate();
        }
    }

    private static Resources resources(ResultSet rows, int at) throws SQLException {
        return new Resources(rows.getLong(at), rows.getLong(at + 1), rows.getInt(at + 2));
    }

    private static void setResources(PreparedStatement statement, int at, Resources resources) throws SQLException {
        statement.setLong(at, resources.cpuMillis());
        statement.setLong(at + 1, resources.memoryBytes());
        statement.setInt(at + 2, resources.gpus());
    }

    private static void setTexts(PreparedStatement statement, int at, List<String> texts) throws SQLException {
        statement.setArray(at, statement.getConnection().createArrayOf("text", texts.toArray()));
    }
}
