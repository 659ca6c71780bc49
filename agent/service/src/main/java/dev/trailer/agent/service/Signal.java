package dev.trailer.agent.service;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A wake-up for one waiting thread: many raised before it looks count as one. */
final class Signal {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private boolean isRaised;

    void raise() {
        lock.lock();
        try {
            isRaised = true;
            raised.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until raised or for that long, and takes it back.
     *
     * @return whether it was raised
     */
    boolean await(Duration limit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = limit.toNanos();
            while (!isRaised && nanos > 0) {
                nanos = raised.awaitNanos(nanos);
            }
            boolean was = isRaised;
            isRaised = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /** Sleeps unless interrupted; what is raised meanwhile stays raised. */
    static void rest(Duration time) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.max(0, time.toNanos()));
    }
}
