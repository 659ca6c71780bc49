package dev.trailer.command.workspaces;

import dev.trailer.api.ErrorList;
import dev.trailer.command.change.StorableText;
import dev.trailer.command.workspaces.WorkspaceRequest.AppRequest;
import dev.trailer.command.workspaces.WorkspaceRequest.ResourcesRequest;
import dev.trailer.command.workspaces.WorkspaceRequest.VolumeRequest;
import dev.trailer.domain.Resources;
import dev.trailer.domain.name.AppName;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.name.ImageName;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.name.WorkspaceName;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.App;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.HealthCheck;
import dev.trailer.domain.workspace.MountPath;
import dev.trailer.domain.workspace.Visibility;
import dev.trailer.domain.workspace.WorkspaceSpec;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A request whose fields have all been found good in themselves; whether what they name exists is another matter. */
record WorkspaceDraft(
        WorkspaceName name,
        ImageName image,
        Resources resources,
        SequencedMap<String, String> env,
        List<Mount> mounts,
        List<App> apps,
        @Nullable HostName host,
        Desired desired,
        @Nullable Duration autoStop,
        WorkspaceSecrets secrets,
        @Nullable HealthCheck healthCheck) {

    /** @param volume a volume to take, null for a new one */
    record Mount(VolumeName name, MountPath path, @Nullable VolumeId volume) {}

    private static final Resources DEFAULT = new Resources(1_000, 1L << 30, 0);

    /** @throws dev.trailer.domain.reason.Refused with {@code invalid}, naming every field at fault */
    static WorkspaceDraft read(WorkspaceRequest sent) {
        var errors = new ErrorList();
        var name = errors.require("/name", sent.name(), WorkspaceName::new);
        var image = errors.require("/image", sent.image(), ImageName::new);
        var resources = resources(sent.resources(), errors);
        var env = env(sent, errors);
        var mounts = mounts(sent.volumes(), errors);
        var apps = apps(sent.apps(), errors);
        var host = sent.host() == null ? null : errors.read("/host", sent.host(), HostName::new);
        var desired = sent.desired() == null
                ? Desired.RUNNING
                : errors.read("/desired", sent.desired(), WorkspaceRequest::desired);
        var autoStop =
                sent.autoStop() == null ? null : errors.read("/autoStop", sent.autoStop(), WorkspaceDraft::duration);
        var secrets = WorkspaceSecrets.read(sent, errors);
        var healthCheck = HealthCheckDraft.read(sent.healthCheck(), errors);
        errors.throwIfAny();
        return new WorkspaceDraft(
                Objects.requireNonNull(name),
                Objects.requireNonNull(image),
                resources,
                env,
                mounts,
                apps,
                host,
                Objects.requireNonNull(desired),
                autoStop,
                secrets,
                healthCheck);
    }

    private static Resources resources(@Nullable ResourcesRequest sent, ErrorList errors) {
        if (sent == null) {
            return DEFAULT;
        }
        long cpuMillis = DEFAULT.cpuMillis();
        if (sent.cpus() != null) {
            double cpus = sent.cpus();
            cpuMillis = cpus >= 0 && cpus <= WorkspaceSpec.MAX_CPU_MILLIS ? Math.round(cpus * 1000) : -1;
        }
        long memory = sent.memoryBytes() == null ? DEFAULT.memoryBytes() : sent.memoryBytes();
        int gpus = sent.gpus() == null ? DEFAULT.gpus() : sent.gpus();
        if (cpuMillis < WorkspaceSpec.MIN_CPU_MILLIS || cpuMillis > WorkspaceSpec.MAX_CPU_MILLIS) {
            errors.add("/resources/cpus", "out_of_range", "must be 0.01 to 1024");
        }
        if (memory < WorkspaceSpec.MIN_MEMORY_BYTES || memory > WorkspaceSpec.MAX_MEMORY_BYTES) {
            errors.add(
                    "/resources/memoryBytes", "out_of_range", "must be 16777216 (16 MiB) to 70368744177664 (64 TiB)");
        }
        if (gpus < 0 || gpus > WorkspaceSpec.MAX_GPUS) {
            errors.add("/resources/gpus", "out_of_range", "must be 0 to " + WorkspaceSpec.MAX_GPUS);
        }
        return new Resources(Math.max(0, cpuMillis), Math.max(0, memory), Math.max(0, gpus));
    }

    private static SequencedMap<String, String> env(WorkspaceRequest sent, ErrorList errors) {
        var env = new LinkedHashMap<String, String>();
        if (sent.env() == null) {
            return env;
        }
        if (sent.env().size() > WorkspaceSpec.MAX_ENV) {
            errors.add("/env", "too_many", "at most " + WorkspaceSpec.MAX_ENV);
        }
        sent.env().forEach((name, value) -> {
            var pointer = "/env/" + name.replace("~", "~0").replace("/", "~1");
            if (value == null) {
                errors.add(pointer, "wrong_type", "must be text");
                return;
            }
            errors.read(pointer, name, n -> {
                WorkspaceSpec.requireEnv(n, value);
                StorableText.require(value);
                return n;
            });
            env.put(name, value);
        });
        return env;
    }

    private static List<Mount> mounts(@Nullable List<@Nullable VolumeRequest> sent, ErrorList errors) {
        var mounts = new ArrayList<Mount>();
        if (sent == null) {
            return mounts;
        }
        if (sent.size() > WorkspaceSpec.MAX_VOLUMES) {
            errors.add("/volumes", "too_many", "at most " + WorkspaceSpec.MAX_VOLUMES);
        }
        var seen = new HashSet<Object>();
        for (int i = 0; i < sent.size(); i++) {
            var pointer = "/volumes/" + i;
            var raw = sent.get(i);
            if (raw == null) {
                errors.add(pointer, "wrong_type", "must be an object");
                continue;
            }
            var name = errors.require(pointer + "/name", raw.name(), VolumeName::new);
            var path = errors.require(pointer + "/mountPath", raw.mountPath(), MountPath::new);
            var volume = raw.volume() == null ? null : errors.read(pointer + "/volume", raw.volume(), VolumeId::new);
            requireNew(seen, name, pointer + "/name", errors);
            requireNew(seen, path, pointer + "/mountPath", errors);
            requireNew(seen, volume, pointer + "/volume", errors);
            if (name != null && path != null) {
                mounts.add(new Mount(name, path, volume));
            }
        }
        return mounts;
    }

    private static List<App> apps(@Nullable List<@Nullable AppRequest> sent, ErrorList errors) {
        var apps = new ArrayList<App>();
        if (sent == null) {
            return apps;
        }
        if (sent.size() > WorkspaceSpec.MAX_APPS) {
            errors.add("/apps", "too_many", "at most " + WorkspaceSpec.MAX_APPS);
        }
        var seen = new HashSet<Object>();
        for (int i = 0; i < sent.size(); i++) {
            var pointer = "/apps/" + i;
            var raw = sent.get(i);
            if (raw == null) {
                errors.add(pointer, "wrong_type", "must be an object");
                continue;
            }
            var name = errors.require(pointer + "/name", raw.name(), AppName::new);
            var visibility = raw.visibility() == null
                    ? Visibility.OWNER
                    : errors.read(pointer + "/visibility", raw.visibility(), WorkspaceRequest::visibility);
            requireNew(seen, name, pointer + "/name", errors);
            if (name != null && visibility != null) {
                var app = errors.require(pointer + "/port", raw.port(), port -> new App(name, port, visibility));
                if (app != null) {
                    apps.add(app);
                }
            }
        }
        return apps;
    }

    private static void requireNew(HashSet<Object> seen, @Nullable Object value, String pointer, ErrorList errors) {
        if (value != null && !seen.add(value)) {
            errors.add(pointer, "duplicate", value + " occurs twice");
        }
    }

    private static Duration duration(String text) {
        try {
            var duration = Duration.parse(text);
            WorkspaceSpec.requireAutoStop(duration);
            return duration;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("must be an ISO 8601 duration such as PT2H, PT1M to P365D", e);
        }
    }
}
