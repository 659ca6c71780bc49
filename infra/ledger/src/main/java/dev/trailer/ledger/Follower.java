package dev.trailer.ledger;

import dev.trailer.domain.facts.RecordedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One that is told of every event, in order, exactly once in effect: how far it has come is a row that is locked while a
 * batch is handled, and moved in the same transaction as whatever the handler writes. Carried on by a {@link
 * FollowerGroup}; here is what it does, and how far it is known to have come. Any thread.
 */
public final class Follower {
    /**
     * Consecutive events.
     *
     * @param after the position before the first
     * @param upTo the position of the last
     * @param events those in between; a view that is being filled gets only those that it {@link Tables#concerns}
     */
    public record Batch(long after, long upTo, List<RecordedEvent> events) {}

    /** What is done with events, inside a transaction that is committed if this returns, rolled back if it throws. */
    @FunctionalInterface
    public interface Handler {
        /** @return the position that it has come to: the batch's last, or less if it wants the rest again */
        long handle(Connection connection, Batch batch) throws Exception;
    }

    /** Empties what the handler keeps. Inside a transaction. */
    @FunctionalInterface
    public interface Reset {
        void reset(Connection connection) throws SQLException;
    }

    /** The tables that a view consists of, without naming a schema: there may be a second set, being filled. */
    public interface Tables {
        List<String> names();

        /** Whether the handler needs events of a type, by its stored name; the others it only passes. */
        boolean concerns(String type);

        /** Makes them, empty, with no more indexes than filling needs. Inside a transaction. */
        void create(Connection connection) throws SQLException;

        /** Makes what is still missing once they are full. Inside a transaction. */
        void index(Connection connection) throws SQLException;
    }

    /** What a handler writes, and so what another version of it means. */
    public sealed interface Keeping {
        /** Tables made from the ledger alone: made anew beside the live ones, then swapped. */
        record Views(Tables tables) implements Keeping {}

        /** Rows made from the ledger alone, few enough to be made anew in place. */
        record InPlace(Reset reset) implements Keeping {}

        /** Nothing: a policy. It begins with what comes next, so that it does not react to history. */
        record Nothing() implements Keeping {}
    }

    /** How far its tables are that are made anew, beside those that are read. */
    public record Building(long position, long head, double eventsPerSecond) {
        @Override
        public String toString() {
            var left = eventsPerSecond < 1 ? "" : ", about %.0f s left".formatted((head - position) / eventsPerSecond);
            return "%d of %d events, %.0f in a second%s".formatted(position, head, eventsPerSecond, left);
        }
    }

    /** The last time that its tables were made anew by this server. */
    public record Built(long events, Duration took) {}

    private final String name;
    private final int version;
    private final Keeping keeping;
    private final Handler handler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition moved = lock.newCondition();
    private long position;
    private boolean known;
    private volatile @Nullable Exception failure;
    private volatile @Nullable Exception buildFailure;
    private volatile @Nullable Building building;
    private volatile @Nullable Built built;
    private final AtomicLong failures = new AtomicLong();

    /** @param version a higher one than stored: what is kept is made anew from the first event */
    public Follower(String name, int version, Keeping keeping, Handler handler) {
        this.name = name;
        this.version = version;
        this.keeping = keeping;
        this.handler = handler;
    }

    public String name() {
        return name;
    }

    int version() {
        return version;
    }

    Keeping keeping() {
        return keeping;
    }

    Handler handler() {
        return handler;
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

    /** Whether its row has been read or made since the database was last lost, so that what it keeps is there. */
    public boolean hasBegun() {
        lock.lock();
        try {
            return known;
        } finally {
            lock.unlock();
        }
    }

    /** Why it stands still, null while it is well. */
    public @Nullable Exception failure() {
        var own = failure;
        return own == null ? buildFailure : own;
    }

    /** Null where nothing is made anew. */
    public @Nullable Building building() {
        return building;
    }

    public @Nullable Built built() {
        return built;
    }

    /** How often something failed on the way, since this server started. */
    public long failures() {
        return failures.get();
    }

    void built(Built now) {
        built = now;
    }

    void building(@Nullable Building now) {
        building = now;
    }

    void buildFailed(Exception e) {
        buildFailure = e;
        failures.incrementAndGet();
    }

    void builds() {
        buildFailure = null;
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
            while (!known || position < target) {
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

    /** It stands at a position, and that is committed. May be lower than before: its database may have crashed. */
    void reached(long to) {
        lock.lock();
        try {
            if (!known || position != to) {
                known = true;
                position = to;
                moved.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void well() {
        failure = null;
    }

    void failed(Exception e) {
        failure = e;
        failures.incrementAndGet();
    }

    /**
     * The database cannot be asked. If it crashed, it may have forgotten the last batches, which were not synced: nobody is
     * told that it has passed anything until its row is read again.
     */
    void lost(Exception e) {
        lock.lock();
        try {
            known = false;
        } finally {
            lock.unlock();
        }
        failed(e);
    }
}
