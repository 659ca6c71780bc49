package dev.trailer.ledger;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.reason.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What is claimed, as committed. For choosing before a command is sent: whether the choice still holds is decided when the
 * command's own claims are granted. Any thread.
 */
public final class ClaimReader {
    private final DataSource database;

    public ClaimReader(DataSource database) {
        this.database = database;
    }

    /** A host's capacity and what is promised of it. */
    public record Pool(String id, boolean open, Resources total, Resources promised) {}

    public Optional<String> holderOf(NameSpace space, String name) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select holder from name_claim where kind = ? and scope = ? and name = ?")) {
            query.setString(1, space.kind());
            query.setString(2, space.scope());
            query.setString(3, name);
            try (var row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** How many names are held in a space. */
    public int namesIn(NameSpace space) {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement("select count(*) from name_claim where kind = ? and scope = ?")) {
            query.setString(1, space.kind());
            query.setString(2, space.scope());
            try (var row = query.executeQuery()) {
                return row.next() ? row.getInt(1) : 0;
            }
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** Why these claims would be refused if they were made now, null if they would be granted. Changes nothing. */
    public Reason.@Nullable Refusal refusalOf(List<Claim> claims) {
        try (var connection = database.getConnection()) {
            var store = new ClaimStore(claims);
            var script = new Script();
            store.addTo(script);
            script.run(connection);
            return store.book().grant(claims);
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** Holders placed in a pool, in the order of their ids. */
    public List<String> placedOn(String pool) {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(
                        "select holder from capacity_placement where pool = ? order by holder")) {
            query.setString(1, pool);
            try (var rows = query.executeQuery()) {
                var holders = new ArrayList<String>();
                while (rows.next()) {
                    holders.add(rows.getString(1));
                }
                return holders;
            }
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** Whether a workspace or volume is placed in a pool. */
    public boolean isPlaced(String holder, String pool) {
        try (var connection = database.getConnection();
                var query =
                        connection.prepareStatement("select 1 from capacity_placement where holder = ? and pool = ?")) {
            query.setString(1, holder);
            query.setString(2, pool);
            try (var row = query.executeQuery()) {
                return row.next();
            }
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** Every pool, in the order of its id. */
    public List<Pool> pools() {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        select pool, open, cpu_millis, memory_bytes, gpus,
                          promised_cpu_millis, promised_memory_bytes, promised_gpus
                        from capacity_pool order by pool""");
                var rows = query.executeQuery()) {
            var pools = new ArrayList<Pool>();
            while (rows.next()) {
                pools.add(new Pool(
                        rows.getString(1),
                        rows.getBoolean(2),
                        new Resources(rows.getLong(3), rows.getLong(4), rows.getInt(5)),
                        new Resources(rows.getLong(6), rows.getLong(7), rows.getInt(8))));
            }
            return pools;
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }
}
