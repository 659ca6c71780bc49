package dev.trailer.ledger.audit;

import dev.trailer.ledger.HashChain;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The whole ledger as it is at one moment, read row by row. Holds a connection, and blocks no writer. One thread. */
final class Snapshot implements AutoCloseable {
    /** Rows at a time: a payload may have a megabyte, so that many of those are the most that is held. */
    private static final int FETCH_SIZE = 100;

    private final Connection connection;
    private @Nullable PreparedStatement query;
    private @Nullable ResultSet rows;

    private Snapshot(Connection connection) {
        this.connection = connection;
    }

    static Snapshot open(DataSource database) throws SQLException {
        var snapshot = new Snapshot(database.getConnection());
        try {
            snapshot.connection.setAutoCommit(false);
            snapshot.connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            snapshot.connection.setReadOnly(true);
            return snapshot;
        } catch (SQLException e) {
            snapshot.close();
            throw e;
        }
    }

    /** To be called before anything else. */
    void limitIdleTime(int seconds) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("set local idle_in_transaction_session_timeout = '" + seconds + "s'");
        }
    }

    /** @return empty if the head row is gone */
    Optional<Head> head() throws SQLException {
        try (var statement = connection.prepareStatement("""
                        select install, timeline, position, case when position > 0 then recorded_at end, chain
                        from ledger_head""");
                var row = statement.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            var at = row.getObject(4, OffsetDateTime.class);
            return Optional.of(new Head(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    at == null ? Instant.EPOCH : at.toInstant(),
                    row.getBytes(5)));
        }
    }

    /** The chain at a position; of 0 that which the first follows; null if there is no such position. */
    byte @Nullable [] chainAt(long position) throws SQLException {
        if (position == 0) {
            return HashChain.beginning();
        }
        try (var statement = connection.prepareStatement("select chain from ledger_event where position = ?")) {
            statement.setLong(1, position);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    /** Begins to read the rows from one position to another, both included; once. */
    void begin(long from, long to) throws SQLException {
        query = connection.prepareStatement(
                "select " + AuditRow.COLUMNS + " from ledger_event where position between ? and ? order by position");
        query.setFetchSize(FETCH_SIZE);
        query.setLong(1, from);
        query.setLong(2, to);
        rows = query.executeQuery();
    }

    /** @return null behind the last */
    @Nullable
    AuditRow next() throws SQLException {
        return rows != null && rows.next() ? AuditRow.read(rows) : null;
    }

    @Override
    public void close() throws SQLException {
        // A pool puts back what was set above.
        try (connection) {
            if (query != null) {
                query.close();
            }
            connection.rollback();
        }
    }
}
