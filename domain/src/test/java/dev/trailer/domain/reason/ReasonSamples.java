package dev.trailer.domain.reason;

import dev.trailer.domain.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** For tests: at least one of each {@link Reason}. Whoever adds a reason adds a sample. */
public final class ReasonSamples {
    private static final Resources SMALL = new Resources(1500, 1L << 30, 1);

    private ReasonSamples() {}

    public static List<Reason> all() {
        return Stream.concat(observed().stream(), Stream.concat(domain().stream(), edges().stream()))
                .toList();
    }

    static List<Reason.Observed> observed() {
        var steps = Arrays.stream(Step.values())
                .flatMap(step -> Stream.of(new Reason.Preparing(step), new Reason.StepFailed(step, "a1")));
        return Stream.concat(
                        steps,
                        Stream.of(
                                new Reason.AwaitingAgent("attic"),
                                new Reason.ContainerExited(137, false),
                                new Reason.ContainerExited(137, true),
                                new Reason.CrashLooping(1, false),
                                new Reason.CrashLooping(137, true),
                                new Reason.StepFailed(Step.PULL_IMAGE, null),
                                new Reason.EngineUnavailable(),
                                new Reason.GpuUnavailable(GpuTrouble.TIMED_OUT),
                                new Reason.GpuUnavailable(GpuTrouble.NONE_FREE),
                                new Reason.GpuUnavailable(GpuTrouble.GONE),
                                new Reason.Unhealthy(false, "a1"),
                                new Reason.Unhealthy(true, null),
                                new Reason.HostLost(Instant.parse("2026-01-01T12:00:00Z")),
                                new Reason.StoppedOnRequest(),
                                new Reason.AutoStopped(Duration.ofHours(2)),
                                new Reason.Drained("attic"),
                                new Reason.BeingRemoved()))
                .<Reason.Observed>map(reason -> reason)
                .toList();
    }

    private static List<Reason.Refusal> domain() {
        return List.of(
                new Reason.NameInUse("workspace", "api"),
                new Reason.NotFound("workspace", "00000000-0000-4000-8000-00000000d001"),
                new Reason.Stale(7, 8),
                new Reason.BeingDeleted("volume"),
                new Reason.NoCapacity("attic", SMALL),
                new Reason.NoCapacity(null, SMALL),
                new Reason.HostCordoned("attic"),
                new Reason.HostDrained("attic"),
                new Reason.HostOnline("attic"),
                new Reason.HostNotReady("attic"),
                new Reason.HostInUse(3),
                new Reason.VolumeInUse("v1", "w1"),
                new Reason.VolumeNotWhole("v1"),
                new Reason.WorkspaceRunning("w1"),
                new Reason.AgentAway("attic"),
                new Reason.TransferFailed("the archive was cut."),
                new Reason.ImageIsRetired("base"),
                new Reason.ImageHasNoBuild(7),
                new Reason.Fixed("/host", "host"),
                new Reason.Contended(),
                new Reason.LedgerUnavailable(),
                new Reason.KeyReused(),
                new Reason.SecretsUnavailable(),
                new Reason.SecretGone("github-token"));
    }

    private static List<Reason.Refusal> edges() {
        return List.of(
                new Reason.InvalidInput(List.of()),
                new Reason.InvalidInput(List.of(new FieldError("/name", "grammar", "must be a name"))),
                new Reason.Unauthenticated(),
                new Reason.Forbidden(),
                new Reason.CrossSite(),
                new Reason.SignInFailed(),
                new Reason.EnrolmentRefused(),
                new Reason.EpochSuperseded(7, 8),
                new Reason.NoSuchPath(),
                new Reason.MethodNotAllowed(List.of("GET", "POST")),
                new Reason.UnsupportedMediaType("application/json"),
                new Reason.NotAcceptable(),
                new Reason.BodyTooLarge(1 << 20),
                new Reason.PreconditionRequired(),
                new Reason.Internal("i1"));
    }
}
