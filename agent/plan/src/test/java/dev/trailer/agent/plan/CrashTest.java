package dev.trailer.agent.plan;

import static dev.trailer.agent.plan.Script.BASE;
import static dev.trailer.agent.plan.Script.powered;
import static dev.trailer.agent.plan.Script.workspace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CrashTest {
    private final Script script = new Script();
    private final Workspace running = workspace("w", 1, Power.RUNNING, BASE);

    @BeforeEach
    void it_runs() {
        script.desire(running).settle();
        script.log();
    }

    private void exitsAfter(Duration run) {
        script.later(run);
        Container container = script.engine.find("trailer-w-1");
        script.engine.exit("trailer-w-1", 1, container.startedAt(), script.now);
    }

    /** Exits after three seconds; looks until it runs again. */
    private void crash() {
        exitsAfter(Duration.ofSeconds(3));
        Instant next = script.pass().nextLook();
        if (next != null) {
            script.now = next;
        }
        script.settle();
    }

    @Test
    void a_stopped_container_is_reported_and_started_again_at_once() {
        exitsAfter(Duration.ofHours(1));
        script.settle();
        assertThat(script.log()).containsExactly("= w FAILED exited 1", "- start w", "= w RUNNING");
    }

    @Test
    void the_next_exit_waits_one_second_and_each_further_one_twice_as_long_up_to_five_minutes() {
        exitsAfter(Duration.ofSeconds(5));
        script.settle();
        var waits = new ArrayList<Long>();
        for (int i = 0; i < 12; i++) {
            exitsAfter(Duration.ofSeconds(5));
            Plan plan = script.pass();
            assertThat(plan.actions()).isEmpty();
            Instant next = plan.nextLook();
            assertThat(next).isNotNull();
            Duration wait = Duration.between(script.now, next);
            waits.add(wait.toSeconds());
            script.later(wait);
            assertThat(script.pass().actions()).hasSize(1);
            script.pass();
        }
        assertThat(waits).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 64L, 128L, 256L, 300L, 300L, 300L);
    }

    @Test
    void a_crash_loop_changes_the_report_a_bounded_number_of_times() {
        script.reportChanges = 0;
        for (int i = 0; i < 200; i++) {
            crash();
        }
        assertThat(script.reportChanges).isLessThanOrEqualTo(5);
        assertThat(script.log().getLast()).isEqualTo("= w FAILED crash-loop 1");
    }

    @Test
    void a_crash_loop_ends_once_it_has_run_for_sixty_seconds() {
        for (int i = 0; i < 3; i++) {
            crash();
        }
        assertThat(script.log().getLast()).isEqualTo("= w FAILED crash-loop 1");
        Plan plan = script.pass();
        assertThat(plan.nextLook()).isEqualTo(script.now.plusSeconds(60));
        script.later(Duration.ofSeconds(60)).settle();
        assertThat(script.log().getLast()).isEqualTo("= w RUNNING");
    }

    @Test
    void a_wanted_stop_is_no_crash_even_if_nobody_looked_between_stop_and_start() {
        script.memory = script.memory.begins(new Action.StopContainer(
                "w", 1, script.engine.find("trailer-w-1").id(), Duration.ofSeconds(10)));
        script.memory = script.memory.ended(List.of("w"));
        exitsAfter(Duration.ofSeconds(3));
        script.desire(powered(powered(running, Power.STOPPED), Power.RUNNING)).settle();
        assertThat(script.log()).containsExactly("= w PREPARING working START_CONTAINER", "- start w", "= w RUNNING");
    }

    @Test
    void a_new_generation_starts_with_a_clean_record() {
        for (int i = 0; i < 5; i++) {
            crash();
        }
        script.desire(workspace("w", 2, Power.RUNNING, BASE)).settle();
        assertThat(script.log().getLast()).isEqualTo("= w RUNNING");
        assertThat(script.engine.find("trailer-w-2").status()).isEqualTo(Status.RUNNING);
    }
}
