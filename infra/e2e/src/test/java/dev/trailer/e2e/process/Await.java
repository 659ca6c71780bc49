package dev.trailer.e2e.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Waiting for a state, looking often: faults are over in milliseconds. */
public final class Await {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    private Await() {}

    /**
     * What the state throws meanwhile counts as "not yet".
     *
     * @throws AssertionError that says what was waited for, and how the last look failed
     */
    public static void until(String what, Duration patience, Callable<Boolean> state) {
        try {
            Awaitility.await(what)
                    .atMost(patience)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(INTERVAL)
                    .ignoreExceptions()
                    .until(state);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": not within " + patience, e);
        }
    }
}
