package dev.trailer.ledger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When this server learnt of events, by its monotonic clock, which nobody can step: so that the age of what a follower has
 * yet to handle is told rightly whatever happens to clocks, and whatever {@code recordedAt} says. What was there before this
 * server started counts from its start. Any thread.
 */
public final class Arrivals {
    /** Events that come within it share one moment. */
    private static final long GRAIN_NANOS = Duration.ofMillis(5).toNanos();

    /** Some 40 seconds of full load; beyond it every other moment is forgotten, so that ages are told more coarsely. */
    private static final int MOST = 8_192;

    /** By {@code nanos} all positions up to {@code head} had arrived. */
    private record Arrival(long head, long nanos) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Tail tail;
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();

    public Arrivals(Tail tail) {
        this.tail = tail;
        arrived();
        tail.onGrowth(this::arrived);
    }

    private void arrived() {
        long head = tail.head();
        long now = System.nanoTime();
        lock.lock();
        try {
            var last = arrivals.peekLast();
            if (last != null && last.head >= head) {
                return;
            }
            if (last != null && now - last.nanos < GRAIN_NANOS) {
                // Told as a little older than they are: nobody is told to be better off than he is.
                arrivals.removeLast();
                now = last.nanos;
            }
            arrivals.addLast(new Arrival(head, now));
            if (arrivals.size() > MOST) {
                thinOut();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Of two neighbours the later position with the earlier moment stays. */
    private void thinOut() {
        var kept = new ArrayDeque<Arrival>();
        while (!arrivals.isEmpty()) {
            var first = arrivals.removeFirst();
            var second = arrivals.pollFirst();
            kept.addLast(second == null ? first : new Arrival(second.head, first.nanos));
        }
        arrivals.addAll(kept);
    }

    /** How long ago the event after a position came; zero if there is none. */
    public Duration ageAfter(long position) {
        lock.lock();
        try {
            for (var arrival : arrivals) {
                if (arrival.head > position) {
                    return Duration.ofNanos(Math.max(0, System.nanoTime() - arrival.nanos));
                }
            }
            return Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }
}
