package dev.trailer.agent.service.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.service.engine.EngineException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class VolumeWatchTest {
    private final AtomicLong clock = new AtomicLong();

    private VolumeWatch taking(Duration time) {
        return new VolumeWatch(
                () -> {
                    clock.addAndGet(time.toNanos());
                    return Map.of("v", 5L);
                },
                clock::get);
    }

    @Test
    void what_was_measured_is_told_once() {
        var watch = taking(Duration.ofMillis(3));
        assertThat(watch.take()).isEmpty();
        assertThat(watch.measure()).isEqualTo(VolumeWatch.PACE);
        assertThat(watch.take()).containsExactly(Map.entry("v", 5L));
        assertThat(watch.take()).isEmpty();
    }

    @Test
    void looking_that_takes_long_is_done_so_much_more_rarely() {
        assertThat(taking(Duration.ofMinutes(1)).measure()).isEqualTo(Duration.ofMinutes(19));
    }

    @Test
    void an_engine_that_does_not_say_is_asked_again_later() {
        var watch = new VolumeWatch(
                () -> {
                    throw new EngineException("a disk usage operation is already running");
                },
                clock::get);
        assertThat(watch.measure()).isEqualTo(VolumeWatch.PACE);
        assertThat(watch.take()).isEmpty();
    }
}
