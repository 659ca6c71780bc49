package dev.trailer.ledger;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.ledger.ClaimBook.NameKey;
import dev.trailer.ledger.ClaimBook.Placement;
import dev.trailer.ledger.ClaimBook.Pool;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The claim tables: reads what a batch touches. What is read is exact only while the head row is locked. */
final class ClaimStore {
    private final Set<NameKey> names = new LinkedHashSet<>();
    private final Set<String> pools = new LinkedHashSet<>();
    private final Set<String> holders = new LinkedHashSet<>();

    private final Map<NameKey, String> foundNames = new HashMap<>();
    private final Map<String, Pool> foundPools = new HashMap<>();
    private final Map<String, Placement> foundPlacements = new HashMap<>();

    ClaimStore(Collection<Claim> claims) {
        for (Claim claim : claims) {
            switch (claim) {
                case Claim.NameTaken c -> names.add(new NameKey(c.space(), c.name()));
                case Claim.NameFreed c -> names.add(new NameKey(c.space(), c.name()));
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
    }

    private static final String POOLS = """
            select cpu_millis, memory_bytes, gpus, promised_cpu_millis, promised_memory_bytes, promised_gpus,
              pool, open, holders
            from capacity_pool""";

    /** Adds the queries for all that the claims touch; {@link #book} has it once the script has run. */
    void addTo(Script script) {
        addNamesAndPlacementsTo(script);
        if (!pools.isEmpty() || !holders.isEmpty()) {
            script.query(
                    POOLS
                            + " where pool = any (?) or pool in (select pool from capacity_placement where holder = any (?))",
                    this::readPools,
                    pools.toArray(String[]::new),
                    holders.toArray(String[]::new));
        }
    }

    /** The same with every pool there is. */
    void addWithAllPoolsTo(Script script) {
        addNamesAndPlacementsTo(script);
        script.query(POOLS, this::readPools);
    }

    Map<String, Pool> pools() {
        return foundPools;
    }

    private void addNamesAndPlacementsTo(Script script) {
        if (!names.isEmpty()) {
            script.query(
                    """
                    select n.kind, n.scope, n.name, n.holder from name_claim n
                    join unnest(?::text[], ?::text[], ?::text[]) k (kind, scope, name) using (kind, scope, name)""",
                    this::readNames,
                    texts(names, key -> key.space().kind()),
                    texts(names, key -> key.space().scope()),
                    texts(names, NameKey::name));
        }
        if (!holders.isEmpty()) {
            script.query(
                    "select cpu_millis, memory_bytes, gpus, holder, pool from capacity_placement where holder = any (?)",
                    this::readPlacements,
                    (Object) holders.toArray(String[]::new));
        }
    }

    private void readNames(ResultSet rows) throws SQLException {
        while (rows.next()) {
            var space = new NameSpace(rows.getString(1), rows.getString(2));
            foundNames.put(new NameKey(space, rows.getString(3)), rows.getString(4));
        }
    }

    private void readPlacements(ResultSet rows) throws SQLException {
        while (rows.next()) {
            foundPlacements.put(rows.getString(4), new Placement(rows.getString(5), resources(rows, 1)));
        }
    }

    private void readPools(ResultSet rows) throws SQLException {
        while (rows.next()) {
            var pool = rows.getString(7);
            foundPools.put(pool, new Pool(rows.getBoolean(8), resources(rows, 1), resources(rows, 4), rows.getInt(9)));
        }
    }

    private static Resources resources(ResultSet rows, int at) throws SQLException {
        return new Resources(rows.getLong(at), rows.getLong(at + 1), rows.getInt(at + 2));
    }

    ClaimBook book() {
        return new ClaimBook(foundNames, foundPools, foundPlacements);
    }

    /** Adds what writes whatever a book has changed. */
    static void save(ClaimBook book, Script script) {
        saveNames(book, script, " on conflict (kind, scope, name) do update set holder = excluded.holder");
        savePools(book, script);
        savePlacements(book, script);
        deletePools(book, script);
    }

    /** The same for a book that knew of no names: one that is taken after all makes the script fail. */
    static void saveNew(ClaimBook book, Script script) {
        saveNames(book, script, "");
        savePools(book, script);
        savePlacements(book, script);
    }

    private static void saveNames(ClaimBook book, Script script, String onConflict) {
        var freed = new ArrayList<NameKey>();
        var taken = new ArrayList<NameKey>();
        for (var key : book.changedNames()) {
            (book.holderOf(key) == null ? freed : taken).add(key);
        }
        if (!freed.isEmpty()) {
            script.update(
                    """
                    delete from name_claim n using unnest(?::text[], ?::text[], ?::text[]) k (kind, scope, name)
                    where n.kind = k.kind and n.scope = k.scope and n.name = k.name""",
                    texts(freed, key -> key.space().kind()),
                    texts(freed, key -> key.space().scope()),
                    texts(freed, NameKey::name));
        }
        if (!taken.isEmpty()) {
            script.update(
                    """
                    insert into name_claim (kind, scope, name, holder)
                    select * from unnest(?::text[], ?::text[], ?::text[], ?::text[])""" + onConflict,
                    texts(taken, key -> key.space().kind()),
                    texts(taken, key -> key.space().scope()),
                    texts(taken, NameKey::name),
                    texts(taken, book::holderOf));
        }
    }

    private static void savePools(ClaimBook book, Script script) {
        var ids = new ArrayList<String>();
        var pools = new ArrayList<Pool>();
        for (var id : book.changedPools()) {
            var pool = book.pool(id);
            if (pool != null) {
                ids.add(id);
                pools.add(pool);
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        script.update(
                """
                insert into capacity_pool (pool, open, cpu_millis, memory_bytes, gpus,
                  promised_cpu_millis, promised_memory_bytes, promised_gpus, holders)
                select * from unnest(?::text[], ?::bool[], ?::bigint[], ?::bigint[], ?::int[],
                  ?::bigint[], ?::bigint[], ?::int[], ?::int[])
                on conflict (pool) do update set open = excluded.open, cpu_millis = excluded.cpu_millis,
                  memory_bytes = excluded.memory_bytes, gpus = excluded.gpus,
                  promised_cpu_millis = excluded.promised_cpu_millis,
                  promised_memory_bytes = excluded.promised_memory_bytes,
                  promised_gpus = excluded.promised_gpus, holders = excluded.holders""",
                texts(ids, id -> id),
                pools.stream().map(Pool::open).toArray(Boolean[]::new),
                longs(pools, pool -> pool.total().cpuMillis()),
                longs(pools, pool -> pool.total().memoryBytes()),
                pools.stream().mapToInt(pool -> pool.total().gpus()).toArray(),
                longs(pools, pool -> pool.promised().cpuMillis()),
                longs(pools, pool -> pool.promised().memoryBytes()),
                pools.stream().mapToInt(pool -> pool.promised().gpus()).toArray(),
                pools.stream().mapToInt(Pool::holders).toArray());
    }

    private static void savePlacements(ClaimBook book, Script script) {
        var left = new ArrayList<String>();
        var placed = new ArrayList<String>();
        var placements = new ArrayList<Placement>();
        for (var holder : book.changedPlacements()) {
            var placement = book.placement(holder);
            if (placement == null) {
                left.add(holder);
            } else {
                placed.add(holder);
                placements.add(placement);
            }
        }
        if (!left.isEmpty()) {
            script.update("delete from capacity_placement where holder = any (?)", (Object) texts(left, id -> id));
        }
        if (!placed.isEmpty()) {
            script.update(
                    """
                    insert into capacity_placement (holder, pool, cpu_millis, memory_bytes, gpus)
                    select * from unnest(?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::int[])
                    on conflict (holder) do update set pool = excluded.pool, cpu_millis = excluded.cpu_millis,
                      memory_bytes = excluded.memory_bytes, gpus = excluded.gpus""",
                    texts(placed, id -> id),
                    texts(placements, Placement::pool),
                    longs(placements, placement -> placement.promised().cpuMillis()),
                    longs(placements, placement -> placement.promised().memoryBytes()),
                    placements.stream()
                            .mapToInt(placement -> placement.promised().gpus())
                            .toArray());
        }
    }

    private static void deletePools(ClaimBook book, Script script) {
        var gone =
                book.changedPools().stream().filter(id -> book.pool(id) == null).toArray(String[]::new);
        if (gone.length > 0) {
            script.update("delete from capacity_pool where pool = any (?)", (Object) gone);
        }
    }

    private static <T> String[] texts(Collection<T> rows, Function<T, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    private static <T> long[] longs(List<T> rows, ToLongFunction<T> value) {
        return rows.stream().mapToLong(value).toArray();
    }
}
