package dev.trailer.agent.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CalmTest {
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final Calm calm = new Calm(nanos::get);

    @Test
    void silence_means_nothing_within_two_minutes_of_the_start() {
        pass(Duration.ofSeconds(119));
        assertThat(calm.holds()).isFalse();
        pass(Duration.ofSeconds(1));
        assertThat(calm.holds()).isTrue();
    }

    @Test
    void nor_within_two_minutes_of_any_trouble() {
        pass(Duration.ofHours(1));
        calm.trouble();
        pass(Duration.ofSeconds(119));
        assertThat(calm.holds()).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
