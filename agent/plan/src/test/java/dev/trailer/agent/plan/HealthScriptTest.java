package dev.trailer.agent.plan;

import static dev.trailer.agent.plan.Script.checkedBy;
import static dev.trailer.agent.plan.Script.furnished;
import static dev.trailer.agent.plan.Script.powered;
import static dev.trailer.agent.plan.Script.workspace;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What health checks show, and what is told and done for it: {@code =} is reported, {@code -} is done. */
class HealthScriptTest {
    private static final HealthCheck CHECK = new HealthCheck(List.of("well"), 30_000, 5_000, 3, 0, false);
    private static final HealthCheck PATIENT = new HealthCheck(List.of("well"), 30_000, 5_000, 2, 60_000, false);
    private static final HealthCheck RESTARTING = new HealthCheck(List.of("well"), 30_000, 5_000, 2, 0, true);

    private final Script script = new Script();

    private Workspace running(HealthCheck check) {
        Workspace workspace = checkedBy(workspace("w", 1, Power.RUNNING, Script.BASE), check);
        script.desire(workspace).settle().log();
        return workspace;
    }

    private List<String> after(int times, @Nullable String failure) {
        for (int i = 0; i < times; i++) {
            script.later(Duration.ofSeconds(30)).check(CHECK, failure);
        }
        script.settle();
        return script.log();
    }

    @Test
    void one_that_is_checked_is_starting_until_a_check_has_passed() {
        running(CHECK);
        script.pass();
        assertThat(script.log()).containsExactly("= w RUNNING STARTING");
        assertThat(after(1, null)).containsExactly("= w RUNNING HEALTHY");
    }

    @Test
    void of_one_that_only_its_image_may_check_nothing_is_told_before_that_was_done() {
        script.desire(workspace("w", 1, Power.RUNNING, Script.BASE)).settle().log();
        script.pass();
        assertThat(script.log()).containsExactly("= w RUNNING");
        assertThat(after(1, null)).containsExactly("= w RUNNING HEALTHY");
    }

    @Test
    void it_takes_as_many_failures_in_a_row_as_asked_for_and_the_words_are_those_of_the_last_of_them() {
        running(CHECK);
        after(1, null);
        assertThat(after(2, "early")).containsExactly("= w RUNNING HEALTHY");
        assertThat(after(1, null)).containsExactly("= w RUNNING HEALTHY");
        assertThat(after(2, "early")).containsExactly("= w RUNNING HEALTHY");
        assertThat(after(1, "told")).containsExactly("= w RUNNING UNHEALTHY because told");
        assertThat(after(5, "later")).containsExactly("= w RUNNING UNHEALTHY because told");
        assertThat(after(1, null)).containsExactly("= w RUNNING HEALTHY");
    }

    @Test
    void failures_in_the_start_period_do_not_count_until_a_check_has_passed() {
        running(PATIENT);
        assertThat(after(1, "not up yet")).containsExactly("= w RUNNING STARTING");
        assertThat(after(1, null)).containsExactly("= w RUNNING HEALTHY");
        script.desire(checkedBy(workspace("w", 2, Power.RUNNING, Script.BASE), PATIENT))
                .settle()
                .log();
        script.check(CHECK, null)
                .later(Duration.ofSeconds(1))
                .check(CHECK, "fell")
                .check(CHECK, "fell");
        script.pass();
        assertThat(script.log()).containsExactly("= w RUNNING UNHEALTHY because fell");
    }

    @Test
    void one_that_does_not_come_up_in_its_start_period_is_unhealthy_after_as_many_failures_as_asked_for() {
        running(PATIENT);
        assertThat(after(2, "down")).containsExactly("= w RUNNING STARTING");
        assertThat(after(1, "down")).containsExactly("= w RUNNING STARTING");
        assertThat(after(1, "down")).containsExactly("= w RUNNING UNHEALTHY because down");
    }

    @Test
    void what_goes_to_and_fro_is_told_three_times_and_then_only_once_it_has_been_well_for_long() {
        running(CHECK);
        int before = script.reportChanges;
        for (int i = 0; i < 50; i++) {
            after(3, "down");
            after(1, null);
        }
        assertThat(script.reportChanges - before).isEqualTo(5);
        assertThat(after(19, null)).containsExactly("= w RUNNING UNHEALTHY because down");
        assertThat(after(1, null)).containsExactly("= w RUNNING HEALTHY");
        assertThat(after(3, "again")).containsExactly("= w RUNNING UNHEALTHY because again");
    }

    @Test
    void an_unhealthy_one_is_started_again_if_that_is_asked_for() {
        running(RESTARTING);
        after(1, null);
        script.later(Duration.ofSeconds(30))
                .check(CHECK, "hung")
                .check(CHECK, "hung")
                .pass();
        assertThat(script.log()).containsExactly("= w RUNNING UNHEALTHY because hung", "- stop w", "- start w");
        script.pass();
        assertThat(script.log()).containsExactly("= w RUNNING STARTING");
        assertThat(after(1, null)).containsExactly("= w RUNNING HEALTHY");
        assertThat(script.engine.observed().containers()).hasSize(1);
    }

    @Test
    void one_that_stays_unhealthy_is_started_again_at_growing_intervals_and_that_is_a_bounded_number_of_reports() {
        running(RESTARTING);
        int before = script.reportChanges;
        int restarts = 0;
        Instant end = script.now.plus(Duration.ofHours(6));
        while (script.now.isBefore(end)) {
            restarts +=
                    (int) after(1, "hung").stream().filter("- start w"::equals).count();
        }
        assertThat(script.reportChanges - before).isLessThan(12);
        // Two checks of 30 s, and in the end 5 minutes more.
        assertThat(restarts).isBetween(50, 80);
        script.pass();
        assertThat(script.log()).contains("= w RUNNING UNHEALTHY because hung");
        assertThat(after(20, null)).containsExactly("= w RUNNING UNHEALTHY because hung");
        assertThat(after(2, null)).containsExactly("= w RUNNING HEALTHY");
    }

    @Test
    void a_restart_for_health_is_no_crash_and_the_next_exit_is_one() {
        running(RESTARTING);
        script.later(Duration.ofSeconds(30))
                .check(CHECK, "hung")
                .check(CHECK, "hung")
                .settle()
                .log();
        script.later(Duration.ofSeconds(5)).pass();
        assertThat(script.log()).containsExactly("= w RUNNING STARTING");
        script.engine.exit("trailer-w-1", 3, script.now.minusSeconds(5), script.now);
        script.pass();
        assertThat(script.log()).first().isEqualTo("= w FAILED exited 3");
    }

    @Test
    void one_that_is_not_to_run_or_is_not_furnished_yet_or_is_worked_on_is_not_checked() {
        Workspace workspace = furnished(running(CHECK));
        assertThat(targets(script)).hasSize(1);
        script.memory = script.memory.begins(List.of(new Action.StopContainer("w", 1, "c", Duration.ZERO)));
        assertThat(targets(script)).isEmpty();
        script.memory = Memory.EMPTY;
        script.desire(checkedBy(workspace, CHECK));
        assertThat(targets(script)).as("its secrets are not there").isEmpty();
        script.settle();
        assertThat(targets(script)).hasSize(1);
        script.desire(powered(requireNonNull(script.desired.workspaces().get("w")), Power.STOPPED));
        assertThat(targets(script)).isEmpty();
    }

    private static List<CheckTarget> targets(Script script) {
        return CheckTarget.of(Script.US, script.desired, script.engine.observed(), script.memory);
    }

    @Test
    void what_somebody_stopped_or_restarted_or_asks_to_be_checked_otherwise_begins_afresh() {
        Workspace workspace = running(CHECK);
        assertThat(after(3, "down")).containsExactly("= w RUNNING UNHEALTHY because down");
        script.desire(powered(workspace, Power.STOPPED)).settle();
        script.desire(workspace).settle().log();
        script.pass();
        assertThat(script.log()).containsExactly("= w RUNNING STARTING");
        after(3, "down");
        script.desire(checkedBy(workspace, PATIENT)).pass();
        assertThat(script.log()).containsExactly("= w RUNNING STARTING");
        script.desire(checkedBy(workspace, null)).pass();
        assertThat(script.log()).containsExactly("= w RUNNING");
    }
}
