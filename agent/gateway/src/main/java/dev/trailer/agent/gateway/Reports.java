package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.HostImages;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.Resources;
import dev.trailer.domain.host.Capability;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.image.ImageCommand.RecordBuild;
import dev.trailer.domain.image.ImageCommand.RecordVersionGone;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Step;
import dev.trailer.domain.volume.VolumeCommand.RecordCopy;
import dev.trailer.domain.volume.VolumeCommand.RecordVolumeRemoval;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Health;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.WorkspaceCommand;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordRemoval;
import dev.trailer.domain.workspace.WorkspaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From an agent's words to the domain's. Pure; any thread. All throw IllegalArgumentException for what is not valid. */
final class Reports {
    /** An attempt that could not be told from others, or would not fit a key, is none. */
    private static final Pattern ATTEMPT = Pattern.compile("[0-9A-Za-z-]{8,64}");

    /** An agent's own limit is a year. */
    private static final Duration MAX_KEPT = Duration.ofDays(3_650);

    private static final Instant FAR_OFF = Instant.parse("9999-01-01T00:00:00Z");

    private Reports() {}

    static Capability capability(HostFacts facts, String agentVersion) {
        return new Capability(
                new Resources(facts.cpuMillis(), facts.memoryBytes(), facts.gpus()),
                Texts.word(facts.engine()),
                Texts.word(facts.engineVersion()),
                Texts.word(facts.apiVersion()),
                Texts.word(facts.os()),
                Texts.word(facts.architecture()),
                Texts.word(agentVersion),
                facts.gpuFacts() == null ? null : GpuReports.inventory(facts.gpuFacts()));
    }

    static WorkspaceCommand command(WorkspaceReport report) {
        var id = new WorkspaceId(report.workspace());
        return switch (report.phase()) {
            case PREPARING -> observed(id, report, Phase.PREPARING);
            case RUNNING -> observed(id, report, Phase.RUNNING);
            case STOPPING -> observed(id, report, Phase.STOPPING);
            case STOPPED -> observed(id, report, Phase.STOPPED);
            case FAILED -> observed(id, report, Phase.FAILED);
            case GONE -> new RecordRemoval(id);
        };
    }

    private static RecordObservation observed(WorkspaceId id, WorkspaceReport report, Phase phase) {
        var container = report.container() == null ? null : Texts.word(report.container());
        var reason = report.cause() == null ? null : reason(report.cause());
        return new RecordObservation(
                id,
                new Observation(
                        phase, report.generation(), reason, container, GpuReports.uuids(report), health(report)));
    }

    private static @Nullable Health health(WorkspaceReport report) {
        return switch (report.health()) {
            case STARTING -> Health.STARTING;
            case HEALTHY -> Health.HEALTHY;
            case UNHEALTHY -> Health.UNHEALTHY;
            case null -> null;
        };
    }

    /** Empty while it is there, which is nothing to tell. */
    static Optional<DomainCommand> command(VolumeReport report) {
        if (report.gone()) {
            return Optional.of(new RecordVolumeRemoval(new VolumeId(report.volume())));
        }
        return report.copied() ? Optional.of(new RecordCopy(new VolumeId(report.volume()))) : Optional.empty();
    }

    static RecordBuild command(BuildReport report) {
        var outcome =
                switch (report.state()) {
                    case BUILDING -> new BuildOutcome.Building();
                    case SUCCEEDED ->
                        new BuildOutcome.Succeeded(
                                report.digest() == null ? "" : Texts.word(report.digest()),
                                Math.max(0, report.sizeBytes()));
                    case FAILED ->
                        new BuildOutcome.Failed(
                                report.cause() == null
                                        ? new Reason.StepFailed(Step.BUILD_IMAGE, null)
                                        : reason(report.cause()));
                };
        return new RecordBuild(new ImageId(report.image()), report.build(), outcome);
    }

    /** Without what cannot be: one such report must not keep the others from being known. */
    static HostImages images(HostImages said) {
        var held = said.held().stream().filter(Reports::isPossible).toList();
        return new HostImages(
                Math.max(0, said.keptVersions()), Math.clamp(said.keptSeconds(), 0, MAX_KEPT.toSeconds()), held);
    }

    private static boolean isPossible(HostImages.Held held) {
        var goesAt = held.goesAt();
        boolean known = goesAt == null || (goesAt.isAfter(Instant.EPOCH) && goesAt.isBefore(FAR_OFF));
        // Fields may be missing, whatever the types say.
        if (!known || held.version() < 1 || held.standing() == null || held.image() == null) {
            return false;
        }
        try {
            return held.image().equals(new ImageId(held.image()).value());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** @param keptSeconds for which the host keeps what nothing needs: it began so long before it was to go */
    static RecordVersionGone gone(HostImageStore.Row row, long keptSeconds) {
        var goesAt = row.goesAt();
        return new RecordVersionGone(
                new ImageId(row.image()),
                row.version(),
                new HostId(row.host()),
                row.sizeBytes(),
                goesAt == null ? null : goesAt.minusSeconds(keptSeconds));
    }

    static Reason.Observed reason(Cause cause) {
        return switch (cause) {
            case Cause.Working c -> new Reason.Preparing(step(c.step()));
            case Cause.Exited c -> new Reason.ContainerExited(c.exitCode(), c.outOfMemory());
            case Cause.CrashLoop c -> new Reason.CrashLooping(c.exitCode(), c.outOfMemory());
            case Cause.StepFailed c -> new Reason.StepFailed(step(c.step()), attempt(c.attempt()));
            case Cause.EngineDown _ -> new Reason.EngineUnavailable();
            case Cause.GpuUnavailable c -> new Reason.GpuUnavailable(GpuReports.trouble(c.trouble()));
            case Cause.Unhealthy c -> new Reason.Unhealthy(c.restarted(), attempt(c.episode()));
        };
    }

    /** The words that belong to a reason but not into the history; null if there are none. */
    static @Nullable GatewayWrite note(@Nullable Cause cause, String host, String subject) {
        return switch (cause) {
            case Cause.StepFailed failed -> note(failed.attempt(), failed.detail(), host, subject);
            case Cause.Unhealthy unhealthy -> note(unhealthy.episode(), unhealthy.detail(), host, subject);
            case Cause.Working _, Cause.Exited _, Cause.CrashLoop _, Cause.EngineDown _, Cause.GpuUnavailable _ -> null;
            case null -> null;
        };
    }

    private static @Nullable GatewayWrite note(String named, String detail, String host, String subject) {
        var attempt = attempt(named);
        return attempt == null ? null : AttemptNotes.note(attempt, host, subject, Texts.detail(detail));
    }

    private static @Nullable String attempt(String named) {
        return ATTEMPT.matcher(named).matches() ? named : null;
    }

    private static Step step(dev.trailer.agent.protocol.Step step) {
        return switch (step) {
            case FETCH_IMAGE -> Step.FETCH_IMAGE;
            case BUILD_IMAGE -> Step.BUILD_IMAGE;
            case PULL_IMAGE -> Step.PULL_IMAGE;
            case CREATE_NETWORK -> Step.CREATE_NETWORK;
            case CREATE_VOLUME -> Step.CREATE_VOLUME;
            case COPY_VOLUME -> Step.COPY_VOLUME;
            case CREATE_CONTAINER -> Step.CREATE_CONTAINER;
            case START_CONTAINER -> Step.START_CONTAINER;
            case GIVE_SECRETS -> Step.GIVE_SECRETS;
            case CLONE_REPOSITORY -> Step.CLONE_REPOSITORY;
            case STOP_CONTAINER -> Step.STOP_CONTAINER;
            case REMOVE_CONTAINER -> Step.REMOVE_CONTAINER;
            case REMOVE_NETWORK -> Step.REMOVE_NETWORK;
            case REMOVE_VOLUME -> Step.REMOVE_VOLUME;
            case REMOVE_IMAGE -> Step.REMOVE_IMAGE;
        };
    }
}
