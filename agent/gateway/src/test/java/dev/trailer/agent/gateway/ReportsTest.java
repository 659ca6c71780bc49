package dev.trailer.agent.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.Health;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.domain.host.GpuInventory;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.image.ImageCommand.RecordBuild;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.volume.VolumeCommand.RecordVolumeRemoval;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordRemoval;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReportsTest {
    private static final String ID = "0198c0de-0000-7000-8000-000000000001";
    private static final String ATTEMPT = "0198c0de-0000-7000-8000-00000000000a";

    @ParameterizedTest
    @EnumSource(value = Phase.class, mode = EnumSource.Mode.EXCLUDE, names = "GONE")
    void every_phase_is_observed_under_its_own_name(Phase phase) {
        var command = (RecordObservation) Reports.command(new WorkspaceReport(ID, 3, phase, null, "c1"));
        var expected = dev.trailer.domain.workspace.Phase.valueOf(phase.name());
        assertThat(command.observation()).isEqualTo(new Observation(expected, 3, null, "c1"));
    }

    @Test
    void what_is_gone_is_recorded_as_removed() {
        assertThat(Reports.command(new WorkspaceReport(ID, 3, Phase.GONE, null, null)))
                .isEqualTo(new RecordRemoval(new WorkspaceId(ID)));
        assertThat(Reports.command(new VolumeReport(ID, true))).contains(new RecordVolumeRemoval(new VolumeId(ID)));
    }

    @Test
    void a_volume_that_is_there_is_nothing_to_tell() {
        assertThat(Reports.command(new VolumeReport(ID, false))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void every_step_keeps_its_name(Step step) {
        assertThat(Reports.reason(new Cause.Working(step)))
                .isEqualTo(new Reason.Preparing(dev.trailer.domain.reason.Step.valueOf(step.name())));
    }

    @ParameterizedTest
    @EnumSource(GpuTrouble.class)
    void every_trouble_with_gpus_keeps_its_name(GpuTrouble trouble) {
        assertThat(Reports.reason(new Cause.GpuUnavailable(trouble)))
                .isEqualTo(new Reason.GpuUnavailable(dev.trailer.domain.reason.GpuTrouble.valueOf(trouble.name())));
    }

    @Test
    void gpus_are_part_of_what_a_host_can_carry_and_of_what_is_seen_of_a_workspace() {
        var gpu = new HostGpus.Gpu("MIG-GPU-0a1b/1/0", "A100\tMIG", -1, "GPU-0a1b");
        var facts = new HostFacts(
                1,
                2,
                1,
                "docker",
                "20",
                "1.41",
                "linux",
                "amd64",
                new HostGpus("535\n", List.of(gpu), GpuTrouble.INCOMPLETE));
        assertThat(Objects.requireNonNull(Reports.capability(facts, "1").gpus()))
                .isEqualTo(new GpuInventory(
                        "535",
                        List.of(new GpuInventory.Gpu("MIG-GPU-0a1b/1/0", "A100 MIG", 0, "GPU-0a1b")),
                        dev.trailer.domain.reason.GpuTrouble.INCOMPLETE));
        var command = (RecordObservation)
                Reports.command(new WorkspaceReport(ID, 3, Phase.RUNNING, null, "c1", List.of("GPU-0a1b")));
        assertThat(command.observation().gpus()).containsExactly("GPU-0a1b");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Reports.command(new WorkspaceReport(ID, 3, Phase.RUNNING, null, "c1", List.of("all"))));
    }

    @Test
    void causes_become_reasons() {
        assertThat(Reports.reason(new Cause.Exited(137, true))).isEqualTo(new Reason.ContainerExited(137, true));
        assertThat(Reports.reason(new Cause.CrashLoop(1, false))).isEqualTo(new Reason.CrashLooping(1, false));
        assertThat(Reports.reason(new Cause.EngineDown())).isEqualTo(new Reason.EngineUnavailable());
    }

    @Test
    void the_engines_words_are_noted_beside_the_history_not_in_it() {
        var cause = new Cause.StepFailed(Step.PULL_IMAGE, ATTEMPT, "no such host https://u:p@h/");
        assertThat(Reports.reason(cause))
                .isEqualTo(new Reason.StepFailed(dev.trailer.domain.reason.Step.PULL_IMAGE, ATTEMPT));
        var note = Objects.requireNonNull(Reports.note(cause, "host", ID));
        assertThat(note.params()).containsExactly(ATTEMPT, "host", ID, "no such host https://***@h/");
    }

    @ParameterizedTest
    @EnumSource(Health.class)
    void health_keeps_its_names_and_the_words_of_a_check_are_noted_beside_the_history(Health health) {
        var cause = new Cause.Unhealthy(true, ATTEMPT, "exit status 1:\ndown");
        var report = new WorkspaceReport(ID, 3, Phase.RUNNING, cause, "c1", List.of(), health);
        var observation = ((RecordObservation) Reports.command(report)).observation();
        assertThat(observation.health()).isEqualTo(dev.trailer.domain.workspace.Health.valueOf(health.name()));
        assertThat(observation.reason()).isEqualTo(new Reason.Unhealthy(true, ATTEMPT));
        assertThat(Objects.requireNonNull(Reports.note(cause, "host", ID)).params())
                .containsExactly(ATTEMPT, "host", ID, "exit status 1:\ndown");
        assertThat(Reports.reason(new Cause.Unhealthy(false, "../../x", "words")))
                .isEqualTo(new Reason.Unhealthy(false, null));
    }

    @Test
    void an_attempt_that_is_no_id_is_none() {
        var cause = new Cause.StepFailed(Step.PULL_IMAGE, "../../x", "words");
        assertThat(Reports.reason(cause))
                .isEqualTo(new Reason.StepFailed(dev.trailer.domain.reason.Step.PULL_IMAGE, null));
        assertThat(Reports.note(cause, "host", ID)).isNull();
    }

    @Test
    void builds_are_recorded_with_their_outcome() {
        var image = new ImageId(ID);
        assertThat(Reports.command(new BuildReport(ID, 2, BuildReport.State.BUILDING, null, 0, null)))
                .isEqualTo(new RecordBuild(image, 2, new BuildOutcome.Building()));
        assertThat(Reports.command(new BuildReport(ID, 2, BuildReport.State.SUCCEEDED, "sha256:a", 7, null)))
                .isEqualTo(new RecordBuild(image, 2, new BuildOutcome.Succeeded("sha256:a", 7)));
        assertThat(Reports.command(new BuildReport(ID, 2, BuildReport.State.FAILED, null, 0, null)))
                .isEqualTo(new RecordBuild(
                        image,
                        2,
                        new BuildOutcome.Failed(
                                new Reason.StepFailed(dev.trailer.domain.reason.Step.BUILD_IMAGE, null))));
    }

    @Test
    void ids_and_amounts_that_cannot_be_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reports.command(new WorkspaceReport("x", 1, Phase.RUNNING, null, null)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reports.capability(new HostFacts(-1, 0, 0, "", "", "", "", ""), ""));
    }
}
