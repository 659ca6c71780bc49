package dev.trailer.bench.replay;

import dev.trailer.bench.server.Database;
import java.sql.SQLException;

/**
 * A long ledger quickly: one real event, again and again, each time of another position, and of another workspace every fifty. The
 * codec reads them like any other; their hashes are the first one's, which a replay does not look at. While no server runs.
 */
final class Seed {
    private static final String CLONE = """
            insert into ledger_event (position, event_id, aggregate_kind, aggregate_id, sequence, type, revision, recorded_at,
              metadata, payload, salt, digest, leaf, chain)
            select p, gen_random_uuid(), t.aggregate_kind, w, p % 50, t.type, t.revision, t.recorded_at, t.metadata,
              convert_to(replace(convert_from(t.payload, 'UTF8'), t.aggregate_id, w), 'UTF8'), t.salt, t.digest, t.leaf, t.chain
            from (select * from ledger_event where type = 'workspace.observed' order by position limit 1) t,
              lateral (select p, '00000000-0000-7000-8000-' || lpad(to_hex(p / 50), 12, '0') as w
                from generate_series((select position + 1 from ledger_head), ?) p) x""";

    private Seed() {}

    /** Makes the ledger as long as that. All followers count as having seen it, so that only what is asked for is made anew. */
    static void to(Database database, long position) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (var clone = connection.prepareStatement(CLONE)) {
                clone.setLong(1, position);
                clone.executeUpdate();
            }
            statement.execute("update ledger_head set position = " + position);
            statement.execute("update follower set position = " + position);
            connection.commit();
            connection.setAutoCommit(true);
            statement.execute("vacuum analyze ledger_event");
            statement.execute("checkpoint");
        }
    }
}
