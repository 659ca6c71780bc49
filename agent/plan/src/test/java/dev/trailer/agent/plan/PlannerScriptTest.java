package dev.trailer.agent.plan;

import static dev.trailer.agent.plan.Script.API;
import static dev.trailer.agent.plan.Script.BASE;
import static dev.trailer.agent.plan.Script.build;
import static dev.trailer.agent.plan.Script.powered;
import static dev.trailer.agent.plan.Script.volume;
import static dev.trailer.agent.plan.Script.workspace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Forget;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.Phase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Plans told as scripts: {@code =} is reported, {@code -} is done, {@code !} fails. */
class PlannerScriptTest {
    private final Script script = new Script();
    private final Workspace running = workspace("w", 1, Power.RUNNING, BASE, "home");

    @Test
    void a_new_workspace_gets_its_image_network_volume_and_container() {
        script.desire(running).settle();
        assertThat(script.log())
                .containsExactly(
                        "= w PREPARING working FETCH_IMAGE",
                        "- fetch trailer/base:1",
                        "= w PREPARING working PULL_IMAGE",
                        "- pull trailer/base:1",
                        "= w PREPARING working CREATE_NETWORK",
                        "- network w",
                        "- volume home for w",
                        "- create w gen 1",
                        "- start w",
                        "= w RUNNING");
    }

    @Test
    void an_image_is_built_once_for_all_and_its_base_first() {
        script.desire(workspace("a", 1, Power.RUNNING, API), workspace("b", 1, Power.RUNNING, API))
                .settle();
        assertThat(script.log().stream().filter(line -> line.contains("trailer/")))
                .containsExactly(
                        "- fetch trailer/api:2",
                        "- fetch trailer/base:1",
                        "- pull trailer/base:1",
                        "- build trailer/api:2");
    }

    @Test
    void a_newer_generation_replaces_the_container_and_removals_come_before_additions() {
        script.desire(running, workspace("x", 1, Power.RUNNING, BASE)).settle();
        script.log();
        script.desire(workspace("w", 2, Power.RUNNING, BASE, "home", "more"), workspace("a", 1, Power.RUNNING, BASE))
                .settle();
        assertThat(script.log())
                .containsExactly(
                        "= a PREPARING working CREATE_NETWORK",
                        "= w PREPARING working STOP_CONTAINER",
                        "= x RUNNING",
                        "- stop w",
                        "- remove w",
                        "- network a",
                        "- create a gen 1",
                        "- start a",
                        "- volume more for w",
                        "- create w gen 2",
                        "- start w",
                        "= a RUNNING",
                        "= w RUNNING",
                        "= x RUNNING");
    }

    @Test
    void nothing_starts_while_what_it_replaces_failed_to_stop() {
        script.desire(running).settle();
        script.log();
        script.fail("stop w")
                .desire(workspace("w", 2, Power.RUNNING, BASE, "home"))
                .settle();
        assertThat(script.log())
                .containsExactly(
                        "= w PREPARING working STOP_CONTAINER", "! stop w", "= w FAILED failed STOP_CONTAINER");
    }

    @Test
    void what_runs_is_not_stopped_for_an_image_that_cannot_be_built() {
        script.desire(running).settle();
        script.log();
        script.fail("build trailer/api:2")
                .desire(workspace("w", 2, Power.RUNNING, API, "home"))
                .settle();
        assertThat(script.log())
                .containsExactly(
                        "= w PREPARING working FETCH_IMAGE",
                        "- fetch trailer/api:2",
                        "= w PREPARING working BUILD_IMAGE",
                        "! build trailer/api:2",
                        "= w FAILED failed BUILD_IMAGE");
        assertThat(script.engine.find("trailer-w-1").status()).isEqualTo(Observed.Status.RUNNING);
    }

    @Test
    void secrets_and_a_repository_come_after_each_start_and_once_in_each_run() {
        var furnished = Script.furnished(running);
        script.desire(furnished).settle();
        assertThat(script.log())
                .endsWith(
                        "- start w",
                        "= w PREPARING working GIVE_SECRETS",
                        "- give secrets to w",
                        "- clone into w",
                        "= w RUNNING");
        script.later(Duration.ofMinutes(20)).settle();
        assertThat(script.log()).containsExactly("= w RUNNING");
        script.desire(powered(furnished, Power.STOPPED)).settle();
        script.log();
        script.fail("clone into w")
                .later(Duration.ofMinutes(1))
                .desire(powered(powered(furnished, Power.STOPPED), Power.RUNNING))
                .settle();
        assertThat(script.log())
                .endsWith("- give secrets to w", "! clone into w", "= w FAILED failed CLONE_REPOSITORY");
    }

    @Test
    void stopping_keeps_the_container_and_starting_takes_the_same_one() {
        script.desire(running).settle();
        String id = script.engine.find("trailer-w-1").id();
        script.log();
        Workspace stopped = powered(running, Power.STOPPED);
        script.desire(stopped).settle();
        script.desire(powered(stopped, Power.RUNNING)).settle();
        assertThat(script.log())
                .containsExactly(
                        "= w STOPPING working STOP_CONTAINER",
                        "- stop w",
                        "= w STOPPED",
                        "= w PREPARING working START_CONTAINER",
                        "- start w",
                        "= w RUNNING");
        assertThat(script.engine.find("trailer-w-1").id()).isEqualTo(id);
    }

    @Test
    void removing_takes_container_and_network_but_never_the_volume() {
        script.desire(running).settle();
        script.log();
        script.desire(powered(running, Power.REMOVED)).settle();
        assertThat(script.log())
                .containsExactly(
                        "= w STOPPING working STOP_CONTAINER",
                        "- stop w",
                        "- remove w",
                        "- remove network w",
                        "= w GONE");
        assertThat(script.engine.observed().volumes()).hasSize(1);
    }

    @Test
    void a_volume_is_removed_only_when_asked_for_and_after_the_last_container_that_uses_it() {
        script.desire(running, volume("home", true)).settle();
        assertThat(script.engine.observed().volumes()).hasSize(1);
        script.log();
        script.desire(powered(running, Power.REMOVED));
        assertThat(script.pass().volumes().getFirst().gone()).isFalse();
        script.settle();
        assertThat(script.log()).contains("- remove volume home");
        assertThat(script.pass().volumes().getFirst().gone()).isTrue();
        assertThat(script.engine.observed().volumes()).isEmpty();
    }

    @Test
    void absence_removes_nothing_and_is_reported_as_stray() {
        script.desire(running).settle();
        script.log();
        script.desire(new Forget("w")).settle();
        assertThat(script.log()).containsExactly("= stray trailer-home", "= stray trailer-w", "= stray trailer-w-1");
    }

    @Test
    void a_container_of_a_newer_generation_is_left_and_reported() {
        script.desire(workspace("w", 7, Power.RUNNING, BASE)).settle();
        script.log();
        script.desire(workspace("w", 5, Power.RUNNING, BASE)).settle();
        assertThat(script.log()).containsExactly("= w RUNNING", "= stray trailer-w-7");
        script.desire(workspace("w", 6, Power.REMOVED, BASE)).settle();
        assertThat(script.log()).containsExactly("= w STOPPING working REMOVE_CONTAINER", "= stray trailer-w-7");
    }

    @Test
    void a_failed_step_is_tried_again_with_back_off_and_keeps_its_attempt() {
        script.fail("create w gen 1").desire(running).settle();
        Object first = script.pass().workspaces();
        for (int i = 0; i < 20; i++) {
            script.later(Duration.ofMinutes(5));
            Plan plan = script.pass();
            assertThat(plan.actions()).isNotEmpty();
            assertThat(script.pass().actions()).isEmpty();
            assertThat(plan.workspaces()).isEqualTo(first);
        }
        script.failing.clear();
        script.later(Duration.ofMinutes(5)).settle();
        assertThat(script.log().getLast()).isEqualTo("= w RUNNING");
    }

    @Test
    void a_build_without_cache_is_done_once_though_the_image_is_there_and_disturbs_nobody() {
        var script = new Script();
        script.desire(workspace("w", 1, Power.RUNNING, BASE)).settle();
        script.log();
        script.desire(new DesiredResource.Build("i-base/4", 4, BASE, true)).settle();
        assertThat(script.log())
                .filteredOn(line -> line.startsWith("-"))
                .containsExactly("- fetch trailer/base:1", "- pull trailer/base:1");
        Plan after = script.pass();
        assertThat(after.actions()).isEmpty();
        assertThat(script.build(after).state()).isEqualTo(BuildReport.State.SUCCEEDED);
        assertThat(after.workspaces().getFirst().phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void work_on_an_image_that_nothing_desired_needs_is_for_nobody() {
        var script = new Script();
        script.desire(build(1, API));
        script.pass();
        script.pass();
        assertThat(script.memory.imageLanes(script.desired))
                .containsExactlyInAnyOrder(Names.imageLane(API), Names.imageLane(BASE));
        script.desire(new Forget("i-api/1"));
        assertThat(script.memory.imageLanes(script.desired)).isEmpty();
        script.desire(workspace("w", 1, Power.RUNNING, BASE));
        assertThat(script.memory.imageLanes(script.desired)).containsExactly(Names.imageLane(BASE));
    }

    @Test
    void a_requested_build_is_one_attempt_and_the_next_request_is_tried_at_once() {
        script.fail("build trailer/api:2").desire(build(1, API)).settle();
        script.later(Duration.ofHours(1)).settle();
        assertThat(script.log())
                .containsExactly(
                        "= build 1 BUILDING",
                        "- fetch trailer/api:2",
                        "= build 1 BUILDING",
                        "- fetch trailer/base:1",
                        "= build 1 BUILDING",
                        "- pull trailer/base:1",
                        "= build 1 BUILDING",
                        "! build trailer/api:2",
                        "= build 1 FAILED failed BUILD_IMAGE",
                        "= build 1 FAILED failed BUILD_IMAGE");
        script.failing.clear();
        script.desire(new Forget("i-api/1"), build(2, API)).settle();
        assertThat(script.log()).containsExactly("= build 2 BUILDING", "- build trailer/api:2", "= build 2 SUCCEEDED");
    }

    @Test
    void an_image_of_another_install_with_the_same_tag_is_not_ours() {
        var theirs = new Script();
        theirs.desire(build(1, BASE)).settle();
        var images = theirs.engine.observed().images().stream()
                .map(image -> new Observed.Image(image.id(), image.tags(), Map.of(), 1))
                .toList();
        var ours = new Script(new Observed(List.of(), List.of(), List.of(), images), 1);
        ours.desire(build(1, BASE)).settle();
        assertThat(ours.log()).contains("- pull trailer/base:1");
    }
}
