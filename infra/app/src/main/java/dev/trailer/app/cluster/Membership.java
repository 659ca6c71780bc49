package dev.trailer.app.cluster;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Holds this server's id for as long as it runs: the advisory lock of that id, in a session of its own. Two servers with
 * one id (a copied data directory) would speak with one voice wherever servers are told apart, so the second does not
 * start. Whoever loses the database loses the lock, says so, and takes it again when the database is back; nothing that the
 * ledger promises rests on it.
 */
public final class Membership implements SmartLifecycle {
    /** How often to see whether the session is still there. */
    private static final Duration LOOK = Duration.ofSeconds(2);
    /** After a crash, the time until the database has noticed that the session before is gone. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration RETRY = Duration.ofMillis(200);
    private static final int TIMEOUT_SECONDS = 5;

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    private final String url;
    private final Properties driver;
    private final ServerId id;
    /** Of this process's sessions, and of no other's. */
    private final String name = "trailer " + UUID.randomUUID();

    private @Nullable Connection session;
    private @Nullable Thread thread;
    private volatile @Nullable String trouble;

    /** @param driver user and password at least */
    public Membership(String url, Properties driver, Path data) {
        this.url = url;
        this.driver = new Properties();
        this.driver.putAll(driver);
        this.driver.setProperty("socketTimeout", Integer.toString(TIMEOUT_SECONDS));
        this.driver.setProperty("connectTimeout", Integer.toString(TIMEOUT_SECONDS));
        this.driver.setProperty("ApplicationName", name);
        this.id = ServerId.in(data);
    }

    public ServerId id() {
        return id;
    }

    /** Why it does not hold its id at this moment, null while it does. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** @throws IllegalStateException if another server keeps holding this one's id */
    @Override
    public void start() {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!join()) {
                if (System.nanoTime() - until > 0) {
                    throw new IllegalStateException("another server runs with this one's id " + id.value()
                            + "; if the data directory was copied, remove its file server-id");
                }
                Thread.sleep(RETRY);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the database does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        thread = Thread.ofVirtual().name("membership").start(this::run);
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(LOOK);
                look();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        var before = trouble;
        try {
            trouble = (session != null && seen(session)) || join() ? null : "another server holds this one's id";
        } catch (SQLException e) {
            leave();
            trouble = "the database does not answer";
        }
        if (trouble != null && before == null) {
            log.warn("This server does not hold its id {}: {}", id.value(), trouble);
        } else if (trouble == null && before != null) {
            log.info("This server holds its id {} again", id.value());
        }
    }

    /** @return false if another session has the lock */
    private boolean join() throws SQLException {
        leave();
        var fresh = DriverManager.getConnection(url, driver);
        session = fresh;
        endFormerSessions(fresh);
        try (var lock = fresh.prepareStatement("select pg_try_advisory_lock(?)")) {
            lock.setLong(1, id.lockKey());
            try (var row = lock.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    leave();
                    return false;
                }
            }
        }
        try (var write = fresh.prepareStatement("""
                insert into server (id, version, started_at, seen_at) values (?, ?, now(), now())
                on conflict (id) do update
                set version = excluded.version, started_at = excluded.started_at, seen_at = excluded.seen_at""")) {
            write.setObject(1, id.value());
            write.setString(2, version());
            write.executeUpdate();
        }
        return true;
    }

    /**
     * Where the way to the database died without a word, the database does not know: it would keep this process's last
     * session, and its lock, for hours.
     */
    private void endFormerSessions(Connection connection) throws SQLException {
        try (var end = connection.prepareStatement("""
                select pg_terminate_backend(pid, 1000) from pg_stat_activity
                where application_name = ? and pid <> pg_backend_pid()""")) {
            end.setString(1, name);
            end.execute();
        }
    }

    private boolean seen(Connection connection) throws SQLException {
        try (var write = connection.prepareStatement("update server set seen_at = now() where id = ?")) {
            write.setObject(1, id.value());
            return write.executeUpdate() == 1;
        }
    }

    private static String version() {
        var version = Membership.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    private void leave() {
        var left = session;
        session = null;
        if (left != null) {
            try {
                left.close();
            } catch (SQLException e) {
                log.debug("closing a broken session", e);
            }
        }
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(TIMEOUT_SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        leave();
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Before anything else runs, and after everything else has stopped. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
