package dev.trailer.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the whole chain from the stored bytes, in one snapshot, and compares it with what is stored and with the head.
 * Reads some tens of megabytes a second; one run at a time.
 */
public final class Verifier {
    private static final int FETCH_SIZE = 1_000;

    private final DataSource database;

    public Verifier(DataSource database) {
        this.database = database;
    }

    /**
     * What was found.
     *
     * @param checked how many positions were found good from the start
     * @param head where the ledger says that it stands
     * @param firstBad the first position at which something is wrong, null if nothing is
     * @param problem what is wrong there
     */
    public record Verdict(
            long checked,
            long head,
            @Nullable Long firstBad,
            @Nullable String problem) {
        public boolean whole() {
            return firstBad == null;
        }
    }

    /** May take minutes on a large ledger; holds one connection meanwhile, and blocks no writer. */
    public synchronized Verdict verify() {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setReadOnly(true);
                return verify(connection);
            } finally {
                connection.rollback();
                connection.setReadOnly(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    private static Verdict verify(Connection connection) throws SQLException {
        long head;
        byte[] headChain;
        try (var query = connection.prepareStatement("select position, chain from ledger_head");
                var row = query.executeQuery()) {
            if (!row.next()) {
                return new Verdict(0, 0, 0L, "there is no head row");
            }
            head = row.getLong(1);
            headChain = row.getBytes(2);
        }
        var chain = new byte[32];
        long checked = 0;
        try (var query = connection.prepareStatement("""
                select position, event_id, aggregate_kind, aggregate_id, sequence, type, revision, recorded_at,
                  metadata, payload, salt, digest, leaf, chain
                from ledger_event order by position""")) {
            query.setFetchSize(FETCH_SIZE);
            try (var rows = query.executeQuery()) {
                var row = new Row();
                while (rows.next()) {
                    var problem = row.problem(rows, checked + 1, chain);
                    if (problem != null) {
                        return new Verdict(checked, head, checked + 1, problem);
                    }
                    chain = row.chain;
                    checked++;
                }
            }
        }
        if (checked != head) {
            return new Verdict(checked, head, Math.min(checked, head) + 1, "the head is not the last position");
        }
        return Arrays.equals(chain, headChain)
                ? new Verdict(checked, head, null, null)
                : new Verdict(checked, head, Math.max(1, head), "the head's chain is another one");
    }

    /** Checks row after row. */
    private static final class Row {
        private final HashChain hashes = new HashChain();
        private byte[] chain = new byte[0];

        @Nullable
        String problem(ResultSet row, long expected, byte[] before) throws SQLException {
            if (row.getLong(1) != expected) {
                return "position " + expected + " is missing";
            }
            var digest = hashes.digest(row.getBytes(11), row.getBytes(9), row.getBytes(10));
            if (!Arrays.equals(digest, row.getBytes(12))) {
                return "its payload or metadata is not what was recorded";
            }
            var leaf = hashes.leaf(
                    expected,
                    row.getObject(2, UUID.class),
                    row.getString(3),
                    row.getString(4),
                    row.getLong(5),
                    row.getString(6),
                    row.getInt(7),
                    row.getObject(8, OffsetDateTime.class).toInstant(),
                    digest);
            if (!Arrays.equals(leaf, row.getBytes(13))) {
                return "one of its columns is not what was recorded";
            }
            chain = hashes.chain(before, leaf);
            return Arrays.equals(chain, row.getBytes(14)) ? null : "it does not follow from the position before";
        }
    }
}
