package dev.trailer.agent.plan;

import static dev.trailer.agent.plan.Script.BASE;
import static dev.trailer.agent.plan.Script.copy;
import static dev.trailer.agent.plan.Script.powered;
import static dev.trailer.agent.plan.Script.volume;
import static dev.trailer.agent.plan.Script.workspace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Volumes that are copies of others: filled once, from what holds still, and used only when they are whole. */
class VolumeCopyTest {
    private final Script script = new Script();
    private final Workspace running = workspace("w", 1, Power.RUNNING, BASE, "home");
    private final Workspace stopped = powered(running, Power.STOPPED);

    @BeforeEach
    void a_workspace_was_there_and_is_stopped() {
        script.desire(volume("home", false), running).settle();
        script.desire(stopped).settle();
        script.log();
    }

    @Test
    void a_copy_is_made_once_and_then_told_of_until_the_server_says_otherwise() {
        script.desire(copy("copy", "home"));
        assertThat(script.pass().volumes()).extracting("copied").containsExactly(false, false);
        assertThat(script.log()).containsExactly("= w STOPPED", "- copy home to copy");
        assertThat(script.pass().volumes())
                .extracting("volume", "copied")
                .contains(org.assertj.core.groups.Tuple.tuple("copy", true));
        script.desire(volume("copy", false)).settle();
        assertThat(script.engine.copies()).containsEntry("copy", 1);
    }

    @Test
    void what_is_copied_from_is_not_started_before_the_copy_is_made() {
        script.desire(copy("copy", "home"), powered(stopped, Power.RUNNING)).settle();
        assertThat(script.log())
                .containsExactly(
                        "= w PREPARING working COPY_VOLUME",
                        "- copy home to copy",
                        "= w PREPARING working START_CONTAINER",
                        "- start w",
                        "= w RUNNING");
    }

    @Test
    void what_runs_is_left_running_and_copied_once_it_stops() {
        script.desire(powered(stopped, Power.RUNNING)).settle();
        script.desire(copy("copy", "home")).settle();
        assertThat(script.engine.copies()).isEmpty();
        script.desire(workspace("w", 9, Power.RUNNING, BASE, "home")).settle();
        assertThat(script.engine.copies())
                .as("a replacement does not wait for it either")
                .isEmpty();
        script.desire(powered(workspace("w", 9, Power.RUNNING, BASE, "home"), Power.STOPPED))
                .settle();
        assertThat(script.engine.copies()).containsEntry("copy", 1);
    }

    @Test
    void a_workspace_that_mounts_a_copy_waits_until_it_is_whole() {
        script.desire(copy("copy", "home"), workspace("x", 1, Power.RUNNING, BASE, "copy"))
                .settle();
        assertThat(script.log().stream().filter(line -> !line.contains("= w")))
                .containsExactly(
                        "= x PREPARING working COPY_VOLUME",
                        "- copy home to copy",
                        "= x PREPARING working CREATE_NETWORK",
                        "- network x",
                        "- create x gen 1",
                        "- start x",
                        "= x RUNNING");
    }

    @Test
    void a_copy_that_was_left_half_full_is_made_anew_and_its_helper_goes() {
        script.engine.dieFilling("copy");
        script.desire(copy("copy", "home")).settle();
        assertThat(script.log().stream().filter(line -> line.startsWith("-")))
                .containsExactly("- remove helper of copy", "- copy home to copy");
        assertThat(script.engine.observed().containers()).hasSize(1);
    }

    @Test
    void a_failing_copy_is_tried_again_later_and_holds_up_only_who_needs_it() {
        script.fail("copy home to copy")
                .desire(
                        copy("copy", "home"),
                        workspace("x", 1, Power.RUNNING, BASE, "copy"),
                        powered(stopped, Power.RUNNING))
                .settle();
        var log = script.log();
        assertThat(log).contains("! copy home to copy", "= x FAILED failed COPY_VOLUME", "= w RUNNING");
        script.failing.clear();
        script.desire(powered(powered(stopped, Power.RUNNING), Power.STOPPED))
                .later(Duration.ofMinutes(6))
                .settle();
        assertThat(script.log()).contains("- copy home to copy", "= x RUNNING");
    }

    @Test
    void what_is_still_to_be_copied_is_deleted_only_afterwards() {
        script.desire(powered(powered(stopped, Power.RUNNING), Power.REMOVED)).settle();
        script.log();
        script.desire(copy("copy", "home"), volume("home", true)).settle();
        assertThat(script.log().stream().filter(line -> line.startsWith("-")))
                .containsExactly("- copy home to copy", "- remove volume home");
    }

    @Test
    void a_deleted_copy_is_not_made_and_what_there_is_of_it_goes() {
        script.engine.dieFilling("copy");
        script.desire(new dev.trailer.agent.protocol.DesiredResource.Volume("copy", true, "home"));
        script.settle();
        assertThat(script.log().stream().filter(line -> line.startsWith("-")))
                .containsExactly("- remove helper of copy", "- remove volume copy");
        assertThat(script.pass().volumes()).extracting("gone").contains(true);
    }
}
