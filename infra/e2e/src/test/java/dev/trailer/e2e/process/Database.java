package dev.trailer.e2e.process;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

/** Where a PostgreSQL is, and how to get in. Any thread. */
public record Database(int port, String user, String password) {
    private static final int PATIENCE_SECONDS = 20;
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);

    /** As a server is told. */
    public String url() {
        return urlAt(port);
    }

    /** The same database by another way. */
    public String through(DatabaseProxy proxy) {
        return urlAt(proxy.port());
    }

    private String urlAt(int otherPort) {
        return "postgresql://" + user + ":" + password + "@127.0.0.1:" + otherPort + "/postgres";
    }

    /** A connection of the harness's own, past any proxy. */
    public Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("socketTimeout", Integer.toString(PATIENCE_SECONDS));
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/postgres", properties);
    }

    /** @throws AssertionError if it does not answer within a minute */
    public void awaitReady() {
        Await.until("PostgreSQL on port " + port + " answers", START_PATIENCE, () -> {
            try (var connection = connect()) {
                return connection.isValid(2);
            }
        });
    }
}
