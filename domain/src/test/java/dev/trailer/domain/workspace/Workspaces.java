package dev.trailer.domain.workspace;

import dev.trailer.domain.Resources;
import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.host.Hosts;
import dev.trailer.domain.image.Images;
import dev.trailer.domain.name.AppName;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.name.WorkspaceName;
import dev.trailer.domain.volume.Volumes;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceCreated;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** For tests: workspaces. */
public final class Workspaces {
    public static final WorkspaceId ID = id(1);
    public static final Resources SMALL = new Resources(500, 1L << 30, 0);
    public static final Resources LARGE = new Resources(4000, 8L << 30, 1);
    static final WorkspaceSpec SPEC = spec("api", SMALL);
    static final WorkspaceCreated RUNNING = created(Desired.RUNNING);
    static final WorkspaceCreated STOPPED = created(Desired.STOPPED);

    private Workspaces() {}

    public static WorkspaceId id(int n) {
        return new WorkspaceId("00000000-0000-4000-8000-00000000d%03x".formatted(n));
    }

    static WorkspaceCreated created(Desired desired) {
        return new WorkspaceCreated(ID, Accounts.OWNER, SPEC, Images.version(1), Hosts.ATTIC, desired, 1, 1);
    }

    static Workspace after(WorkspaceCreated created, WorkspaceEvent... events) {
        return List.of(events).stream().reduce(Workspace.evolve(null, created), Workspace::evolve, (a, b) -> b);
    }

    static WorkspaceSpec spec(String name, Resources resources) {
        return new WorkspaceSpec(
                new WorkspaceName(name), resources, env(Map.of("LANG", "C.UTF-8")), List.of(mount()), List.of(), null);
    }

    static WorkspaceSpec withEnv(SequencedMap<String, String> env) {
        return new WorkspaceSpec(SPEC.name(), SMALL, env, SPEC.volumes(), List.of(), null);
    }

    static WorkspaceSpec withVolumes(VolumeMount... volumes) {
        return new WorkspaceSpec(SPEC.name(), SMALL, SPEC.env(), List.of(volumes), List.of(), null);
    }

    static WorkspaceSpec withApps(App... apps) {
        return new WorkspaceSpec(SPEC.name(), SMALL, SPEC.env(), SPEC.volumes(), List.of(apps), null);
    }

    static WorkspaceSpec withAutoStop(@Nullable Duration autoStop) {
        return new WorkspaceSpec(SPEC.name(), SMALL, SPEC.env(), SPEC.volumes(), List.of(), autoStop);
    }

    static SequencedMap<String, String> env(Map<String, String> entries) {
        return new LinkedHashMap<>(entries);
    }

    static VolumeMount mount() {
        return mount(1, "home", "/home/dev");
    }

    static VolumeMount mount(int volume, String name, String path) {
        return new VolumeMount(Volumes.id(volume), new VolumeName(name), new MountPath(path));
    }

    static App app(String name, int port) {
        return new App(new AppName(name), port, Visibility.OWNER);
    }

    static Observation seen(Phase phase, long generation) {
        return new Observation(phase, generation, null, null);
    }
}
