package dev.trailer.agent.plan;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before trying again: doubling from the first, never above the last. */
public record Backoff(Duration first, Duration last) {
    /** For failed steps and crashing containers (issue 3): soon enough to help, seldom enough not to hurt the engine. */
    public static final Backoff OF_STEPS = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));

    /** @param failures so far, at least 1 */
    public Duration after(int failures) {
        // 2^20 s is beyond any limit used here and cannot overflow.
        Duration wanted = first.multipliedBy(1L << Math.min(Math.max(failures, 1) - 1, 20));
        return wanted.compareTo(last) < 0 ? wanted : last;
    }

    /** The same less up to a half, so that many that failed together do not come back together. */
    public Duration jittered(int failures, RandomGenerator random) {
        long millis = after(failures).toMillis();
        return Duration.ofMillis(millis - random.nextLong(millis / 2 + 1));
    }
}
