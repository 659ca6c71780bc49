package dev.trailer.agent.plan;

import static dev.trailer.agent.plan.Script.onGpus;
import static dev.trailer.agent.plan.Script.powered;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which workspace gets which GPU, told as scripts: {@code =} is reported, {@code -} is done. */
class GpuScriptTest {
    private final Script script = new Script().machine(null, "GPU-0", "GPU-1");

    private List<String> creates() {
        return script.settle().log().stream()
                .filter(line -> line.startsWith("- create"))
                .toList();
    }

    private List<String> reports() {
        script.settle().log();
        script.pass();
        return script.log();
    }

    private Workspace power(String id, Power power) {
        return powered(requireNonNull(script.desired.workspaces().get(id)), power);
    }

    @Test
    void each_workspace_gets_gpus_of_its_own_in_the_drivers_order() {
        script.desire(onGpus("a", 1, 1), onGpus("b", 1, 0), onGpus("c", 1, 1));
        assertThat(creates())
                .containsExactly("- create a gen 1 on GPU-0", "- create b gen 1", "- create c gen 1 on GPU-1");
        assertThat(reports()).containsExactly("= a RUNNING", "= b RUNNING", "= c RUNNING");
    }

    @Test
    void one_too_many_is_told_and_not_started_without() {
        script.desire(onGpus("a", 1, 2), onGpus("b", 1, 1));
        assertThat(creates()).containsExactly("- create a gen 1 on GPU-0 GPU-1");
        assertThat(reports()).containsExactly("= a RUNNING", "= b FAILED gpu NONE_FREE");
        script.desire(power("a", Power.STOPPED));
        assertThat(creates()).containsExactly("- create b gen 1 on GPU-0");
    }

    @Test
    void a_replacement_keeps_the_gpu_of_what_it_replaces() {
        script.desire(onGpus("b", 1, 1)).settle();
        script.desire(onGpus("a", 1, 1)).settle().log();
        script.desire(onGpus("b", 2, 1));
        assertThat(creates()).containsExactly("- create b gen 2 on GPU-0");
    }

    @Test
    void what_waits_for_a_gpu_that_is_being_let_go_of_is_at_work_not_failed() {
        script.desire(onGpus("b", 1, 2)).settle().log();
        script.desire(power("b", Power.STOPPED), onGpus("a", 1, 1)).pass();
        assertThat(script.log())
                .startsWith("= a PREPARING working STOP_CONTAINER", "= b STOPPING working STOP_CONTAINER");
        assertThat(reports()).containsExactly("= a RUNNING", "= b STOPPED");
    }

    @Test
    void a_stopped_containers_gpu_is_given_away_last_and_it_is_told_when_it_cannot_start_for_that() {
        script.desire(onGpus("a", 1, 1)).settle();
        script.desire(power("a", Power.STOPPED)).settle().log();
        script.desire(onGpus("b", 1, 1));
        assertThat(creates()).as("not the one that rests").containsExactly("- create b gen 1 on GPU-1");
        script.desire(onGpus("c", 1, 1));
        assertThat(creates()).containsExactly("- create c gen 1 on GPU-0");
        script.desire(power("a", Power.RUNNING), power("b", Power.STOPPED));
        assertThat(reports()).containsExactly("= a FAILED gpu IN_USE", "= b STOPPED", "= c RUNNING");
        // What is told helps: a restart makes a container with another.
        script.desire(onGpus("a", 9, 1));
        assertThat(creates()).containsExactly("- create a gen 9 on GPU-1");
    }

    @Test
    void two_that_rest_with_the_same_gpu_never_start_together() {
        script.machine(null, "GPU-0");
        script.desire(onGpus("b", 1, 1)).settle();
        script.desire(power("b", Power.STOPPED), onGpus("a", 1, 1)).settle();
        script.desire(power("a", Power.STOPPED)).settle();
        script.desire(power("a", Power.RUNNING), power("b", Power.RUNNING));
        assertThat(reports()).containsExactly("= a RUNNING", "= b FAILED gpu IN_USE");
    }

    @Test
    void a_gpu_that_vanished_is_told_of_what_runs_and_keeps_what_rests_from_starting() {
        script.desire(onGpus("a", 1, 1), onGpus("b", 1, 1)).settle();
        script.desire(power("b", Power.STOPPED)).settle();
        script.machine(null);
        script.desire(power("b", Power.RUNNING));
        assertThat(reports()).containsExactly("= a RUNNING gpu GONE", "= b FAILED gpu GONE");
        script.machine(null, "GPU-0", "GPU-1");
        assertThat(reports()).containsExactly("= a RUNNING", "= b RUNNING");
    }

    @Test
    void while_the_driver_is_in_trouble_nothing_starts_on_a_gpu_and_what_runs_is_left() {
        script.desire(onGpus("a", 1, 1)).settle();
        script.machine(GpuTrouble.TIMED_OUT);
        script.desire(onGpus("b", 1, 1), onGpus("c", 1, 0));
        assertThat(reports()).containsExactly("= a RUNNING", "= b FAILED gpu TIMED_OUT", "= c RUNNING");
    }

    @Test
    void what_runs_is_not_taken_down_for_a_change_to_gpus_that_are_not_there() {
        script.desire(onGpus("a", 1, 1)).settle().log();
        script.desire(onGpus("a", 2, 3)).settle();
        assertThat(script.log()).containsExactly("= a FAILED gpu NONE_FREE");
        assertThat(script.engine.find("trailer-a-1").status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void what_is_being_made_holds_its_gpus_before_the_engine_shows_it() {
        script.desire(onGpus("b", 1, 1)).machine(null, "GPU-0");
        script.pass();
        script.pass();
        Plan plan = Planner.plan(
                Script.US, script.desired, script.engine.observed().with(script.gpus), script.memory, script.now);
        assertThat(plan.actions()).hasSize(3);
        // Its lane is taken; then somebody else comes, whose name is before its own.
        Memory taken = script.memory.begins(plan.actions());
        script.desire(onGpus("a", 1, 1));
        Plan next =
                Planner.plan(Script.US, script.desired, script.engine.observed().with(script.gpus), taken, script.now);
        assertThat(next.actions()).isEmpty();
        Memory ended = taken.ended(List.of("b"));
        Plan after =
                Planner.plan(Script.US, script.desired, script.engine.observed().with(script.gpus), ended, script.now);
        assertThat(after.actions()).extracting(Action::lane).containsOnly("a");
    }

    @Test
    void a_gpu_in_a_container_of_another_host_or_install_on_the_engine_is_taken() {
        var labels = Map.of(Labels.INSTALL, "other", Labels.HOST, "h", Labels.WORKSPACE, "a", Labels.GENERATION, "1");
        var other = new Container(
                "x",
                "trailer-x-1",
                labels,
                Status.RUNNING,
                0,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                Set.of(),
                List.of("GPU-0"),
                "");
        var beside = new Script(new Observed(List.of(other), List.of(), List.of(), List.of()), 1)
                .machine(null, "GPU-0", "GPU-1");
        beside.desire(onGpus("a", 1, 1)).settle();
        assertThat(beside.log()).contains("- create a gen 1 on GPU-1");
    }
}
