package dev.trailer.agent.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.host.HostCommand.ReturnHost;
import dev.trailer.domain.host.HostId;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostMemoryTest {
    private static final ReturnHost COMMAND = new ReturnHost(new HostId("0198c0de-0000-7000-8000-000000000001"));

    private final HostMemory memory = new HostMemory();

    @BeforeEach
    void a_first_heartbeat_was_carried_out() {
        memory.begin(1, 0, 0);
        memory.keep("k", COMMAND);
        memory.end(1, Set.of("k"));
    }

    @Test
    void a_repeat_in_the_next_heartbeat_is_known() {
        memory.begin(1, 1, 0);
        assertThat(memory.has("k", COMMAND)).isTrue();
    }

    @Test
    void a_new_epoch_begins_anew() {
        memory.begin(2, 1, 0);
        assertThat(memory.has("k", COMMAND)).isFalse();
    }

    @Test
    void heartbeats_that_another_server_carried_out_in_between_make_it_begin_anew() {
        memory.begin(1, 5, 0);
        assertThat(memory.has("k", COMMAND)).isFalse();
    }

    @Test
    void a_heartbeat_that_another_server_was_late_with_makes_it_begin_anew() {
        memory.begin(1, 1, 0);
        memory.end(3, Set.of("k"));
        memory.begin(1, 3, 0);
        assertThat(memory.has("k", COMMAND)).isFalse();
    }

    @Test
    void a_heartbeat_that_was_not_carried_out_whole_makes_the_next_begin_anew() {
        memory.begin(1, 1, 0);
        memory.begin(1, 1, 0);
        assertThat(memory.has("k", COMMAND)).isFalse();
    }

    @Test
    void what_is_reported_no_more_is_forgotten() {
        memory.begin(1, 1, 0);
        memory.end(2, Set.of());
        memory.begin(1, 2, 0);
        assertThat(memory.has("k", COMMAND)).isFalse();
    }

    @Test
    void now_and_then_it_begins_anew_for_no_reason() {
        memory.begin(1, 1, TimeUnit.MINUTES.toNanos(16));
        assertThat(memory.has("k", COMMAND)).isFalse();
    }
}
