package dev.trailer.query;

import dev.trailer.domain.Resources;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.image.ImageSource;
import dev.trailer.domain.name.AppName;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.name.ImageName;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.name.WorkspaceName;
import dev.trailer.domain.secret.SecretEvent.SecretCreated;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.App;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.MountPath;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.Visibility;
import dev.trailer.domain.workspace.VolumeMount;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceCreated;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.domain.workspace.WorkspaceSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** For tests: ids, names and the first events of things. */
public final class Things {
    public static final WorkspaceId WORKSPACE = workspace(1);
    public static final VolumeId VOLUME = volume(1);
    public static final ImageId IMAGE = image(1);
    public static final ImageName BASE = new ImageName("base");
    public static final HostRef ATTIC = host(1);
    public static final Resources SMALL = new Resources(500, 1L << 30, 0);
    public static final WorkspaceCreated CREATED = created(WORKSPACE, Desired.RUNNING);
    public static final VolumeCreated VOLUME_CREATED =
            new VolumeCreated(VOLUME, new VolumeName("home"), Ledger.OWNER, ATTIC, WORKSPACE);

    public static final SecretId SECRET = secret(1);
    public static final SecretCreated SECRET_CREATED =
            new SecretCreated(SECRET, Ledger.OWNER, new SecretName("github-token"));

    private Things() {}

    public static WorkspaceId workspace(int n) {
        return new WorkspaceId("00000000-0000-4000-8000-00000000d%03x".formatted(n));
    }

    public static VolumeId volume(int n) {
        return new VolumeId("00000000-0000-4000-8000-00000000e%03x".formatted(n));
    }

    public static SecretId secret(int n) {
        return new SecretId("00000000-0000-4000-8000-00000000f%03x".formatted(n));
    }

    public static ImageId image(int n) {
        return new ImageId("00000000-0000-4000-8000-00000000b%03x".formatted(n));
    }

    public static HostRef host(int n) {
        return new HostRef(new HostId("00000000-0000-4000-8000-00000000a%03x".formatted(n)), new HostName("host-" + n));
    }

    public static ImageRef version(int version) {
        return new ImageRef(IMAGE, BASE, version);
    }

    public static ImageSource dockerfile(String text) {
        var files = new LinkedHashMap<>(Map.of("z.conf", "1"));
        files.put("a.conf", "2");
        return new ImageSource.Dockerfile(text, files, new LinkedHashMap<>(), new ImageRef(image(9), BASE, 1));
    }

    public static WorkspaceCreated created(WorkspaceId id, Desired desired) {
        return new WorkspaceCreated(id, Ledger.OWNER, spec("api", SMALL), version(1), ATTIC, desired, 1, 1);
    }

    public static WorkspaceSpec spec(String name, Resources resources) {
        var env = new LinkedHashMap<>(Map.of("LANG", "C.UTF-8"));
        env.put("EDITOR", "vi");
        return new WorkspaceSpec(
                new WorkspaceName(name),
                resources,
                env,
                List.of(new VolumeMount(VOLUME, new VolumeName("home"), new MountPath("/home/dev"))),
                List.of(new App(new AppName("web"), 8080, Visibility.SIGNED_IN)),
                Duration.ofHours(2));
    }

    public static WorkspaceObserved seen(Phase phase, long generation, @Nullable String container) {
        return new WorkspaceObserved(WORKSPACE, new Observation(phase, generation, null, container));
    }
}
