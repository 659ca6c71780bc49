package dev.trailer.app.testing;

import static org.awaitility.Awaitility.await;

import dev.trailer.app.Server;
import dev.trailer.app.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A whole server with a PostgreSQL of its own, on a directory of its own, as {@code main} starts it; no agent. */
public final class TestServer implements AutoCloseable {
    /** What the watch over lost hosts locks. */
    private static final long LOST_HOSTS_LOCK = 0x7472_6c5f_6c6f_7374L;

    private final Path data;
    private final Clock clock;
    private @Nullable Server server;
    private @Nullable Connection lock;

    private TestServer(Path data, Clock clock) {
        this.data = data;
        this.clock = clock;
    }

    /** @param data made if it is not there */
    public static TestServer start(Path data) {
        return start(data, Clock.systemUTC());
    }

    /** One that takes the time from a clock of the test's. */
    public static TestServer start(Path data, Clock clock) {
        var started = new TestServer(data, clock);
        started.start();
        return started;
    }

    /** Starts it, or starts it again on what is there. */
    public void start() {
        try {
            Files.createDirectories(data);
            server = Server.start(data, clock);
            server.firstStart().prepare(data.resolve("admin-token"));
            keepSilentHosts();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /**
     * Fake agents are silent between tests, and their hosts must not be lost for that: this takes the watch's place, as
     * another server would. To be called again when the database was away.
     */
    public void keepSilentHosts() {
        var postgres = postgres();
        try {
            lock = DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password());
            try (var statement = lock.prepareStatement("select pg_advisory_lock(?)")) {
                statement.setLong(1, LOST_HOSTS_LOCK);
                statement.execute();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void dropLock() {
        try {
            if (lock != null) {
                lock.close();
            }
        } catch (SQLException e) {
            // the database is away already
        }
        lock = null;
    }

    public Path data() {
        return data;
    }

    public Server server() {
        return Objects.requireNonNull(server, "not started");
    }

    public EmbeddedPostgres postgres() {
        return Objects.requireNonNull(server().postgres());
    }

    public <T> T part(Class<T> type) {
        return server().part(type);
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server().port());
    }

    /** As nobody. */
    public Api anonymous() {
        return new Api(url(), null);
    }

    /** As the admin, by the token that a start leaves in the data directory. */
    public Api api() {
        try {
            return new Api(url(), Files.readString(data.resolve("admin-token")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public JdbcClient sql() {
        return part(JdbcClient.class);
    }

    /** The ledger's head as it is in the database. */
    public long head() {
        return sql().sql("select position from ledger_head").query(Long.class).single();
    }

    /** Waits until everything that follows the ledger has come to its head. */
    public void awaitQuiet() {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> sql().sql(
                                "select min(f.position) = max(h.position) from follower f cross join ledger_head h")
                        .query(Boolean.class)
                        .single());
    }

    @Override
    public void close() {
        dropLock();
        if (server != null) {
            server.close();
            server = null;
        }
    }

    static void deleteTree(Path directory) {
        try (var paths = Files.walk(directory)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
