package dev.trailer.agent.service.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TroubleTest {
    private final AtomicLong now = new AtomicLong();
    private final Trouble trouble = new Trouble(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void it_is_told_once_however_long_it_lasts() {
        assertThat(trouble.isNews("refused")).isTrue();
        for (int i = 0; i < 1_000; i++) {
            pass(Duration.ofMinutes(1));
            assertThat(trouble.isNews("refused")).isFalse();
        }
    }

    @Test
    void one_that_changes_its_reason_to_and_fro_is_told_now_and_then() {
        assertThat(trouble.isNews("refused")).isTrue();
        int told = 0;
        for (int i = 0; i < 1_000; i++) {
            pass(Duration.ofSeconds(6));
            told += trouble.isNews(i % 2 == 0 ? "late" : "refused") ? 1 : 0;
        }
        assertThat(told).isBetween(1, 10);
    }

    @Test
    void once_over_it_says_how_long_it_was_and_the_next_one_is_told_at_once() {
        assertThat(trouble.ended()).isEmpty();
        trouble.isNews("refused");
        pass(Duration.ofSeconds(90));
        assertThat(trouble.ended()).contains(Duration.ofSeconds(90));
        assertThat(trouble.ended()).isEmpty();
        assertThat(trouble.isNews("refused")).isTrue();
    }
}
