package dev.trailer.ledger;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.Resources;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.Capability;
import dev.trailer.domain.host.GpuInventory;
import dev.trailer.domain.host.HostEvent;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.image.ImageSource;
import dev.trailer.domain.name.AppName;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.name.ImageName;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.name.WorkspaceName;
import dev.trailer.domain.reason.GpuTrouble;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Step;
import dev.trailer.domain.secret.SecretEvent;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.domain.secret.SecretRef;
import dev.trailer.domain.volume.TransferId;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.App;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.GitSource;
import dev.trailer.domain.workspace.Health;
import dev.trailer.domain.workspace.HealthCheck;
import dev.trailer.domain.workspace.MountPath;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.Visibility;
import dev.trailer.domain.workspace.VolumeMount;
import dev.trailer.domain.workspace.WorkspaceEvent;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.domain.workspace.WorkspaceSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One event of each kind, with every field set. */
final class Samples {
    static final WorkspaceId WORKSPACE = new WorkspaceId("01900000-0000-7000-8000-000000000001");
    static final VolumeId OTHER_VOLUME = new VolumeId("01900000-0000-7000-8000-000000000006");
    static final TransferId TRANSFER = new TransferId("01900000-0000-7000-8000-000000000007");
    static final VolumeId VOLUME = new VolumeId("01900000-0000-7000-8000-000000000002");
    static final ImageId IMAGE = new ImageId("01900000-0000-7000-8000-000000000003");
    static final HostId HOST = new HostId("01900000-0000-7000-8000-000000000004");
    static final AccountId OWNER = new AccountId("01900000-0000-7000-8000-000000000005");
    static final SecretId SECRET = new SecretId("01900000-0000-7000-8000-000000000006");
    static final HostRef HOST_REF = new HostRef(HOST, new HostName("local"));
    static final ImageRef IMAGE_REF = new ImageRef(IMAGE, new ImageName("base"), 2);
    static final WorkspaceSpec SPEC = new WorkspaceSpec(
            new WorkspaceName("api"),
            new Resources(1_500, 1L << 30, 1),
            new LinkedHashMap<>(Map.of("LANG", "C.UTF-8")),
            List.of(new VolumeMount(VOLUME, new VolumeName("home"), new MountPath("/home/dev"))),
            List.of(new App(new AppName("web"), 8080, Visibility.SIGNED_IN)),
            Duration.ofHours(2));
    static final Capability WITH_GPUS = new Capability(
            new Resources(2_000, 1L << 34, 2),
            "Docker",
            "20.10",
            "1.41",
            "linux",
            "amd64",
            "0.1",
            new GpuInventory(
                    "535.161.08",
                    List.of(
                            new GpuInventory.Gpu("GPU-1", "NVIDIA H100 80GB HBM3", 80L << 30, null),
                            new GpuInventory.Gpu("MIG-1", "NVIDIA A100-SXM4-40GB MIG 3g.20gb", 20L << 30, "GPU-2")),
                    GpuTrouble.INCOMPLETE));
    static final Observation ON_GPUS = new Observation(Phase.RUNNING, 5, null, "c0ffee", List.of("GPU-1", "MIG-1"));

    static final SecretRef SECRET_REF = new SecretRef(SECRET, new SecretName("github-token"));
    static final WorkspaceSpec FURNISHED = new WorkspaceSpec(
            SPEC.name(),
            SPEC.resources(),
            SPEC.env(),
            SPEC.volumes(),
            SPEC.apps(),
            SPEC.autoStop(),
            List.of(SECRET_REF),
            new LinkedHashMap<>(Map.of("GITHUB_TOKEN", SECRET_REF)),
            new GitSource("https://git.example/api.git", "main", SECRET_REF));

    static final HealthCheck CHECK = new HealthCheck(
            "curl -fsS localhost:8080", Duration.ofSeconds(30), Duration.ofSeconds(5), 3, Duration.ofMinutes(1), true);

    private Samples() {}

    /** Events of {@link #events} with what came later and may be missing, by the name of the golden file. */
    static Map<String, DomainEvent> later() {
        return Map.of(
                "workspace.created.1.furnished",
                new WorkspaceEvent.WorkspaceCreated(
                        WORKSPACE, OWNER, FURNISHED, IMAGE_REF, HOST_REF, Desired.RUNNING, 1, 1),
                "workspace.changed.1.furnished",
                new WorkspaceEvent.WorkspaceChanged(WORKSPACE, FURNISHED, IMAGE_REF, 2, 2),
                "image.revised.1.private",
                new ImageEvent.ImageRevised(
                        IMAGE, new ImageSource.Reference("registry.example:5000/team/api:3", SECRET_REF), 2, 2),
                "image.defined.1.private",
                new ImageEvent.ImageDefined(
                        IMAGE,
                        new ImageName("api"),
                        new ImageSource.Dockerfile(
                                "FROM trailer/api\nCOPY --from=registry.example:5000/team/tools /bin /bin\n",
                                new LinkedHashMap<>(),
                                new LinkedHashMap<>(),
                                IMAGE_REF,
                                SECRET_REF),
                        1,
                        1),
                "workspace.created.1.checked",
                new WorkspaceEvent.WorkspaceCreated(
                        WORKSPACE, OWNER, SPEC.with(CHECK), IMAGE_REF, HOST_REF, Desired.RUNNING, 1, 1),
                "workspace.observed.1.unhealthy",
                new WorkspaceEvent.WorkspaceObserved(
                        WORKSPACE,
                        new Observation(
                                Phase.RUNNING,
                                5,
                                new Reason.Unhealthy(true, "attempt-1"),
                                "c0ffee",
                                List.of(),
                                Health.UNHEALTHY)));
    }

    static List<DomainEvent> events() {
        return List.of(
                new WorkspaceEvent.WorkspaceCreated(WORKSPACE, OWNER, SPEC, IMAGE_REF, HOST_REF, Desired.RUNNING, 1, 1),
                new WorkspaceEvent.WorkspaceChanged(WORKSPACE, SPEC, IMAGE_REF, 2, 2),
                new WorkspaceEvent.WorkspaceStartRequested(WORKSPACE, IMAGE_REF, 3, 2),
                new WorkspaceEvent.WorkspaceStopRequested(WORKSPACE, StopCause.AUTO_STOP, 4),
                new WorkspaceEvent.WorkspaceRestartRequested(WORKSPACE, IMAGE_REF, 5, 5),
                new WorkspaceEvent.WorkspaceDeleted(WORKSPACE, 6),
                new WorkspaceEvent.WorkspaceObserved(
                        WORKSPACE,
                        new Observation(
                                Phase.FAILED, 5, new Reason.StepFailed(Step.CREATE_CONTAINER, "attempt-1"), "c0ffee")),
                new WorkspaceEvent.WorkspaceRemoved(WORKSPACE),
                new VolumeEvent.VolumeCreated(VOLUME, new VolumeName("home"), OWNER, HOST_REF, WORKSPACE),
                new VolumeEvent.VolumeProvided(VOLUME, new VolumeName("home"), OWNER, HOST_REF),
                new VolumeEvent.VolumeCopyRequested(
                        VOLUME, new VolumeName("home"), OWNER, HOST_REF, WORKSPACE, OTHER_VOLUME),
                new VolumeEvent.VolumeCopied(VOLUME),
                new VolumeEvent.VolumeRestoreBegan(VOLUME, TRANSFER),
                new VolumeEvent.VolumeRestored(VOLUME, TRANSFER, 10_240, "ab".repeat(32)),
                new VolumeEvent.VolumeAttached(VOLUME, new VolumeName("home"), WORKSPACE),
                new VolumeEvent.VolumeDetached(VOLUME, WORKSPACE),
                new VolumeEvent.VolumeDeleted(VOLUME),
                new VolumeEvent.VolumeRemoved(VOLUME),
                new ImageEvent.ImageDefined(
                        IMAGE,
                        new ImageName("api"),
                        new ImageSource.Dockerfile(
                                "FROM trailer/base\n",
                                new LinkedHashMap<>(Map.of("app.conf", "x=1")),
                                new LinkedHashMap<>(Map.of("VERSION", "3")),
                                IMAGE_REF),
                        1,
                        1),
                new ImageEvent.ImageRevised(IMAGE, new ImageSource.Reference("postgres:18"), 2, 2),
                new ImageEvent.BuildRequested(IMAGE, 1, IMAGE_REF, HOST_REF),
                new ImageEvent.BuildRecorded(IMAGE, 1, HOST_REF, new BuildOutcome.Succeeded("sha256:aa", 1_000)),
                new ImageEvent.BuildCancelled(IMAGE, 2, HOST_REF),
                new ImageEvent.VersionGone(IMAGE, 1, HOST, 1_000, Instant.parse("2026-01-02T03:04:05.678901Z")),
                new ImageEvent.ImageRetired(IMAGE, 3),
                new HostEvent.HostRegistered(HOST, new HostName("local")),
                new HostEvent.HostEnrolled(HOST),
                new HostEvent.CapabilityReported(
                        HOST,
                        new Capability(
                                new Resources(2_000, 1L << 34, 0), "Docker", "20.10", "1.41", "linux", "amd64", "0.1")),
                new HostEvent.HostLost(HOST, Instant.parse("2026-01-02T03:04:05.678901Z")),
                new HostEvent.HostReturned(HOST),
                new HostEvent.HostCordoned(HOST, 2),
                new HostEvent.HostResumed(HOST, 3),
                new HostEvent.HostDrained(HOST, 4),
                new HostEvent.HostTokenRotated(HOST, true),
                new HostEvent.HostAbandoned(HOST, 5),
                new HostEvent.HostRemoved(HOST),
                new SecretEvent.SecretCreated(SECRET, OWNER, new SecretName("github-token")),
                new SecretEvent.SecretRenewed(SECRET, 2),
                new SecretEvent.SecretDeleted(SECRET));
    }

    /** The reasons that are stored inside of events, and their names, stay as they are too. */
    static List<Reason.Observed> reasons() {
        return List.of(
                new Reason.AwaitingAgent("local"),
                new Reason.Preparing(Step.BUILD_IMAGE),
                new Reason.ContainerExited(137, true),
                new Reason.CrashLooping(1, false),
                new Reason.StepFailed(Step.PULL_IMAGE, null),
                new Reason.EngineUnavailable(),
                new Reason.GpuUnavailable(GpuTrouble.IN_USE),
                new Reason.Unhealthy(false, "attempt-1"),
                new Reason.HostLost(Instant.parse("2026-01-02T03:04:05Z")),
                new Reason.StoppedOnRequest(),
                new Reason.AutoStopped(Duration.ofHours(2)),
                new Reason.Drained("local"),
                new Reason.BeingRemoved());
    }
}
