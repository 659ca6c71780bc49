package dev.trailer.bench.server;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;

/** A server's PostgreSQL, as any of its clients reaches it. */
public record Database(String jdbc, String user, String password) {
    private static final Duration LOOK = Duration.ofMillis(20);

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbc, user, password);
    }

    /** Another database of the same PostgreSQL: the same disk, log and settings, but nothing of the product's in it. */
    public Database sibling(String name) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return new Database(jdbc.substring(0, jdbc.lastIndexOf('/') + 1) + name, user, password);
    }

    public int port() {
        return uri().getPort();
    }

    public String name() {
        return uri().getPath().substring(1);
    }

    public long number(String query) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Waits until everything that follows the ledger has come to its head. */
    public void awaitQuiet(Duration patience) throws SQLException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (number("select max(h.position) - min(f.position) from follower f cross join ledger_head h") > 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the followers are more than " + patience + " behind");
            }
            Thread.sleep(LOOK);
        }
    }

    public String version() throws SQLException {
        try (var connection = connect()) {
            return connection.getMetaData().getDatabaseProductVersion();
        }
    }

    private URI uri() {
        return URI.create(jdbc.substring("jdbc:".length()));
    }
}
