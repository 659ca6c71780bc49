package dev.trailer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A database connection outside of the pool, opened again after it was lost. PostgreSQL ends its transactions when this
 * server falls silent, so that no lock outlives a paused or cut server for long, whatever the network says. One thread.
 *
 * <p>Its commits are not synced: a crash of the database takes back the last of them, rows and position together. Nothing
 * is lost, since what was synced of the ledger is handled again; and never more than what came after the ledger's last
 * commit, for a sync takes everything before it along.
 */
final class FollowerSession implements AutoCloseable {
    /** After which a silent peer is given up: by PostgreSQL, so that its locks are free within 10 seconds. */
    private static final List<String> SETTINGS = List.of(
            "set synchronous_commit = off",
            "set tcp_user_timeout = '8s'",
            "set tcp_keepalives_idle = 4",
            "set tcp_keepalives_interval = 2",
            "set tcp_keepalives_count = 2");

    @FunctionalInterface
    interface Work<T> {
        T in(Connection connection) throws Exception;
    }

    /**
     * @param idle how long a transaction may wait for this server's next statement
     * @param transaction how long it may take
     * @param silence how long the database may take to answer a statement; 0: as long as it wants
     * @param more statements that are run when the connection is opened
     */
    record Limits(Duration idle, Duration transaction, Duration silence, List<String> more) {}

    private final DataSource database;
    private final Limits limits;
    private @Nullable Connection connection;

    FollowerSession(DataSource database, Limits limits) {
        this.database = database;
        this.limits = limits;
    }

    /** @throws Exception what the work or the database threw: then nothing of it is committed, or not known to be */
    <T> T inTransaction(Work<T> work) throws Exception {
        var open = open();
        try {
            var done = work.in(open);
            open.commit();
            return done;
        } catch (Exception e) {
            try {
                open.rollback();
            } catch (SQLException lost) {
                close();
            }
            throw e;
        }
    }

    /** Whether there is a connection, as far as is known: asked after a failure, whether that was the database's. */
    boolean isOpen() {
        return connection != null;
    }

    private Connection open() throws SQLException {
        var open = connection;
        if (open != null) {
            return open;
        }
        open = database.getConnection();
        try (var statement = open.createStatement()) {
            open.setNetworkTimeout(Runnable::run, (int) limits.silence.toMillis());
            for (var setting : SETTINGS) {
                statement.execute(setting);
            }
            statement.execute("set idle_in_transaction_session_timeout = " + limits.idle.toMillis());
            statement.execute("set transaction_timeout = " + limits.transaction.toMillis());
            for (var setting : limits.more) {
                statement.execute(setting);
            }
            open.setAutoCommit(false);
        } catch (SQLException e) {
            open.close();
            throw e;
        }
        connection = open;
        return open;
    }

    @Override
    public void close() {
        var open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                // it is gone already
            }
        }
    }
}
