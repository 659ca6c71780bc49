package dev.trailer.agent.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
    @Test
    void a_few_agents_report_every_five_seconds() {
        assertThat(Pacer.paceFor(0).heartbeatMillis()).isEqualTo(5_000);
        assertThat(Pacer.paceFor(250).heartbeatMillis()).isEqualTo(5_000);
    }

    @Test
    void more_agents_report_less_often_so_that_together_they_stay_at_fifty_a_second() {
        assertThat(Pacer.paceFor(500).heartbeatMillis()).isEqualTo(10_000);
        assertThat(Pacer.paceFor(5_000).heartbeatMillis()).isEqualTo(100_000);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 300, 5_000, 1_000_000})
    void a_lease_ends_before_its_host_counts_as_lost(long agents) {
        var pace = Pacer.paceFor(agents);
        assertThat(pace.leaseMillis()).isLessThan(Pacer.MISSED_INTERVALS * pace.heartbeatMillis());
        assertThat(pace.leaseMillis()).isGreaterThan(2 * pace.heartbeatMillis());
    }

    @Test
    void the_agents_are_counted_once_in_a_while() {
        var counted = new int[1];
        var pacer = new Pacer(() -> ++counted[0]);
        pacer.pace();
        pacer.pace();
        assertThat(counted[0]).isEqualTo(1);
    }
}
