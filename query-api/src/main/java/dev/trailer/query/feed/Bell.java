package dev.trailer.query.feed;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Wakes readers when the ledger has grown: at once after a quiet time, then at most once in {@link #SPACING}, so that a
 * thousand readers under full load are woken for many facts together. Any thread.
 */
final class Bell implements AutoCloseable {
    /** Shorter than anybody sees on a screen. */
    private static final Duration SPACING = Duration.ofMillis(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition struck = lock.newCondition();
    private final AtomicBoolean pulled = new AtomicBoolean();
    private final Thread ringer = Thread.ofVirtual().name("feed-bell").unstarted(this::run);
    private long strokes;

    void start() {
        ringer.start();
    }

    /** By the committer: quick, never blocks. */
    void pull() {
        pulled.set(true);
        LockSupport.unpark(ringer);
    }

    /** Ask before looking, then {@link #awaitBeyond} it if there was nothing to see. */
    long strokes() {
        lock.lock();
        try {
            return strokes;
        } finally {
            lock.unlock();
        }
    }

    /** @return false if the time was up first */
    boolean awaitBeyond(long heard, long patienceNanos) throws InterruptedException {
        long left = patienceNanos;
        lock.lockInterruptibly();
        try {
            while (strokes <= heard) {
                if (left <= 0) {
                    return false;
                }
                left = struck.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (pulled.getAndSet(false)) {
                    strike();
                    Thread.sleep(SPACING);
                } else {
                    LockSupport.park(this);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void strike() {
        lock.lock();
        try {
            strokes++;
            struck.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Wakes everybody a last time. */
    @Override
    public void close() {
        ringer.interrupt();
        strike();
    }
}
