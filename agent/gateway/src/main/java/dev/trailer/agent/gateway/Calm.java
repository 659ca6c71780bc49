package dev.trailer.agent.gateway;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether silence means anything: not for a while after this server started or the database was out of reach, for then it
 * is we who did not listen. Monotonic time. Any thread.
 */
final class Calm {
    /** Long enough for every agent to have found us again, with its back-off. */
    static final Duration NEEDED = Duration.ofMinutes(2);

    private final LongSupplier nanoTime;
    private volatile long troubleAtNanos;

    Calm(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        troubleAtNanos = nanoTime.getAsLong();
    }

    void trouble() {
        troubleAtNanos = nanoTime.getAsLong();
    }

    boolean holds() {
        return nanoTime.getAsLong() - troubleAtNanos >= NEEDED.toNanos();
    }
}
