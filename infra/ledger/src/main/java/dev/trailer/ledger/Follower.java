package dev.trailer.ledger;

import dev.trailer.domain.facts.RecordedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries every event to one handler, in order, exactly once in effect: how far it has come is a row that is locked while a
 * batch is handled and moved in the same transaction as whatever the handler writes. Of several servers with the same
 * follower the one that holds the row works, and the next goes on at once if it dies. An error stops it, is shown, and is
 * tried again at growing intervals; no event is ever skipped.
 */
public final class Follower implements AutoCloseable {
    /** Events in one transaction: large enough to keep pace with the committer. */
    private static final int BATCH = 512;
    /** How often a server that does not hold the row looks whether it could, and how far the other has come. */
    private static final Duration STANDBY_INTERVAL = Duration.ofMillis(100);
    /** Without a bell: how long to wait for growth before looking again. */
    private static final Duration IDLE = Duration.ofSeconds(1);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private static final Logger log = LoggerFactory.getLogger(Follower.class);

    /** What is done with a batch: inside a transaction that is committed if this returns, rolled back if it throws. */
    @FunctionalInterface
    public interface Handler {
        void handle(Connection connection, List<RecordedEvent> events) throws Exception;
    }

    /** Makes the handler's tables anew, empty, for another version of it. Inside a transaction. */
    @FunctionalInterface
    public interface Reset {
        void reset(Connection connection) throws SQLException;
    }

    /** Where a follower begins that has never run. */
    public enum Beginning {
        /** With the first event: for views. */
        FIRST_EVENT,
        /** With what comes next: for policies, which must not react to history. */
        HEAD
    }

    private final String name;
    private final int version;
    private final Beginning beginning;
    private final DataSource database;
    private final Tail tail;
    private final Handler handler;
    private final Reset reset;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long position;
    private volatile @Nullable Exception failure;
    private @Nullable Thread thread;

    /** @param version another one than stored: {@code reset} is called, and it begins anew */
    public Follower(
            String name,
            int version,
            Beginning beginning,
            DataSource database,
            Tail tail,
            Handler handler,
            Reset reset) {
        this.name = name;
        this.version = version;
        this.beginning = beginning;
        this.database = database;
        this.tail = tail;
        this.handler = handler;
        this.reset = reset;
    }

    public void start() {
        thread = Thread.ofVirtual().name("follower-" + name).start(this::run);
    }

    public String name() {
        return name;
    }

    /** How far it is known to have come, here or on another server. */
    public long position() {
        lock.lock();
        try {
            return position;
        } finally {
            lock.unlock();
        }
    }

    /** Why it stands still, null while it is well. */
    public @Nullable Exception failure() {
        return failure;
    }

    /**
     * Waits until it has passed a position.
     *
     * @return false if the time was up first
     */
    public boolean await(long target, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (position < target) {
                if (left <= 0) {
                    return false;
                }
                left = moved.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        var pause = FIRST_PAUSE;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                if (step()) {
                    tail.awaitBeyond(position(), IDLE);
                } else {
                    Thread.sleep(STANDBY_INTERVAL);
                }
                if (failure != null) {
                    log.info("{} goes on at {}", name, position());
                }
                failure = null;
                pause = FIRST_PAUSE;
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                log.error("{} stands still after position {}; trying again in {}", name, position(), pause, e);
                failure = e;
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException interrupted) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            }
        }
    }

    /** @return false if another server is at work on it */
    private boolean step() throws Exception {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var from = lockPosition(connection);
                if (from == null) {
                    connection.rollback();
                    reached(standing(connection));
                    connection.commit();
                    return false;
                }
                reached(from);
                carry(connection, from);
                return true;
            } catch (Exception e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private void carry(Connection connection, long from) throws Exception {
        var events = tail.after(from, BATCH);
        if (events.isEmpty()) {
            connection.commit();
            return;
        }
        handler.handle(connection, events);
        long to = events.getLast().position();
        try (var update = connection.prepareStatement("update follower set position = ? where name = ?")) {
            update.setLong(1, to);
            update.setString(2, name);
            update.executeUpdate();
        }
        connection.commit();
        reached(to);
    }

    private @Nullable Long lockPosition(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement(
                "select version, position from follower where name = ? for update skip locked")) {
            query.setString(1, name);
            try (var row = query.executeQuery()) {
                if (row.next()) {
                    if (row.getInt(1) == version) {
                        return row.getLong(2);
                    }
                    log.info("{} is rebuilt: its version is now {}", name, version);
                } else if (exists(connection)) {
                    return null;
                }
            }
        }
        reset.reset(connection);
        long from = beginning == Beginning.FIRST_EVENT ? 0 : head(connection);
        try (var insert = connection.prepareStatement("""
                insert into follower (name, version, position) values (?, ?, ?)
                on conflict (name) do update set version = excluded.version, position = excluded.position""")) {
            insert.setString(1, name);
            insert.setInt(2, version);
            insert.setLong(3, from);
            insert.executeUpdate();
        }
        return from;
    }

    private static long head(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select position from ledger_head");
                var row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private boolean exists(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select 1 from follower where name = ?")) {
            query.setString(1, name);
            try (var row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private long standing(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select position from follower where name = ? and version = ?")) {
            query.setString(1, name);
            query.setInt(2, version);
            try (var row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private void reached(long to) {
        lock.lock();
        try {
            // May go back: a view that is being rebuilt has not passed what it had passed before.
            if (position != to) {
                position = to;
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        var running = thread;
        if (running != null) {
            running.interrupt();
            try {
                running.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
