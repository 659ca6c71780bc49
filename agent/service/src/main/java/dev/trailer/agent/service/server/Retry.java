package dev.trailer.agent.service.server;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait after failures in a row: full jitter, so that agents that lost one server do not return as one. */
public final class Retry {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LAST = Duration.ofSeconds(10);

    private int failures;

    public void reset() {
        failures = 0;
    }

    public Duration next() {
        long limit = Math.min(LAST.toMillis(), FIRST.toMillis() << Math.min(failures, 10));
        failures++;
        // At least a little, so that a refusing server is never asked in a tight loop.
        return Duration.ofMillis(20 + ThreadLocalRandom.current().nextLong(limit));
    }

    public void pause() throws InterruptedException {
        Thread.sleep(next());
    }
}
