package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import java.util.List;
import java.util.Map;

/** A spec as Docker's host configuration, and the last check of it before it is sent. */
final class DockerContainerConfig {
    /** Enough for a compiler on every core with an editor's language servers; not enough for a fork bomb. */
    private static final long PIDS_LIMIT = 4_096;

    private static final Map<String, String> LOG_LIMITS = Map.of("max-size", "10m", "max-file", "3");

    private DockerContainerConfig() {}

    static HostConfig of(ContainerSpec spec) {
        List<Mount> mounts = spec.mounts().stream()
                .map(mount -> new Mount()
                        .withType(MountType.VOLUME)
                        .withSource(mount.volume())
                        .withTarget(mount.path()))
                .toList();
        HostConfig config = HostConfig.newHostConfig()
                .withNetworkMode(spec.network())
                .withMounts(mounts)
                .withNanoCPUs(spec.cpuMillis() * 1_000_000)
                .withMemory(spec.memoryBytes())
                // Equal to memory: no swap beyond it, so that the limit asked for is the limit there is.
                .withMemorySwap(spec.memoryBytes())
                .withPidsLimit(PIDS_LIMIT)
                .withInit(true)
                .withSecurityOpts(List.of("no-new-privileges"))
                // The agent restarts, so that there is one place that decides and tells.
                .withRestartPolicy(RestartPolicy.noRestart())
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_LIMITS));
        check(config);
        return config;
    }

    /** Refuses what must never be, whoever changes the code above. */
    static void check(HostConfig config) {
        refuseIf(Boolean.TRUE.equals(config.getPrivileged()), "privileged");
        refuseIf(config.getBinds() != null && config.getBinds().length > 0, "host path");
        refuseIf(config.getDevices() != null && config.getDevices().length > 0, "device");
        refuseIf(
                config.getDeviceRequests() != null
                        && !config.getDeviceRequests().isEmpty(),
                "device request");
        refuseIf(config.getCapAdd() != null && config.getCapAdd().length > 0, "added capability");
        refuseIf(config.getVolumesFrom() != null && config.getVolumesFrom().length > 0, "another's volumes");
        refuseIf(config.getPidMode() != null && !config.getPidMode().isEmpty(), "pid namespace");
        refuseIf(config.getIpcMode() != null && !config.getIpcMode().isEmpty(), "ipc namespace");
        refuseIf(config.getUtSMode() != null && !config.getUtSMode().isEmpty(), "uts namespace");
        refuseIf(config.getUsernsMode() != null && !config.getUsernsMode().isEmpty(), "user namespace");
        Specs.requireOurs(String.valueOf(config.getNetworkMode()));
        List<Mount> mounts = config.getMounts();
        for (Mount mount : mounts == null ? List.<Mount>of() : mounts) {
            refuseIf(mount.getType() != MountType.VOLUME || mount.getVolumeOptions() != null, "mount");
            Specs.requireOurs(String.valueOf(mount.getSource()));
        }
    }

    private static void refuseIf(boolean condition, String what) {
        if (condition) {
            throw new EngineException("refused: " + what);
        }
    }
}
