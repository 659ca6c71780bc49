package dev.trailer.agent.service.server;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong again and again, and is worth a line in the log once. One whose reason changes to and fro is told of now
 * and then. One thread.
 */
public final class Trouble {
    /** Between two lines of one trouble whose reason changes: some hundred lines a day at the most. */
    static final Duration CHANGES = Duration.ofMinutes(10);

    private final LongSupplier nanoTime;
    private @Nullable String told;
    private long beganNanos;
    private long toldNanos;

    public Trouble(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** It went wrong again; whether to say so. */
    public boolean isNews(String reason) {
        long now = nanoTime.getAsLong();
        if (told == null) {
            beganNanos = now;
        } else if (told.equals(reason) || now - toldNanos < CHANGES.toNanos()) {
            return false;
        }
        told = reason;
        toldNanos = now;
        return true;
    }

    /**
     * It went well.
     *
     * @return how long it had gone wrong; empty if it had not
     */
    public Optional<Duration> ended() {
        if (told == null) {
            return Optional.empty();
        }
        told = null;
        return Optional.of(Duration.ofNanos(nanoTime.getAsLong() - beganNanos));
    }
}
