package dev.trailer.agent.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Heartbeats that come twice, late, in any order, on two servers at once, from a process that was superseded, and while the
 * ledger fails. {@code -Dtrailer.seed=N} runs the history again that a failure names.
 */
class HeartbeatHistoriesTest {
    private static final int HISTORIES = 10_000;
    private static final int STEPS = 40;

    @Test
    void whatever_way_heartbeats_come_the_last_report_is_what_is_recorded_and_nothing_is_recorded_twice() {
        Long again = Long.getLong("trailer.seed");
        long first = again == null ? new Random().nextLong(1_000_000_000L) : again;
        System.out.println("heartbeat histories from seed " + first);
        int recorded = 0;
        for (long seed = first; seed < first + (again == null ? HISTORIES : 1); seed++) {
            try {
                recorded += new HeartbeatHistory(seed).run(STEPS);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("history of -Dtrailer.seed=" + seed, e);
            }
        }
        assertThat(recorded).as("observations of all histories").isPositive();
    }
}
