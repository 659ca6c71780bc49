package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.RestartPolicy;
import com.github.dockerjava.api.model.Ulimit;
import java.util.List;
import java.util.Map;

/** A spec as Docker's host configuration, and the last check of it before it is sent. */
final class DockerContainerConfig {
    /** Enough for a compiler on every core with an editor's language servers; not enough for a fork bomb. */
    static final long PIDS_LIMIT = 4_096;

    /** A browser under test wants more than the engine's 64 MiB. It counts as the container's memory all the same. */
    static final long SHM_BYTES = 256L << 20;

    /** Editors that watch trees and servers under load; engines that may not raise limits have some 20,000. */
    static final long OPEN_FILES = 16_384;

    /**
     * No wall, that is the limit of pids: the kernel counts a user's processes over all containers, so a low one would let a
     * workspace keep the others from starting any. It is set because Podman, asked for some limits, sets the others as high as
     * they go, which it may not everywhere.
     */
    static final long PROCESSES_OF_A_USER = 8 * PIDS_LIMIT;

    static final Map<String, String> LOG_LIMITS = Map.of("max-size", "10m", "max-file", "3");

    /**
     * What root of a workspace may still do; all else is dropped. Each is here for what a development shell does every day
     * (docs/security.md has the same table):
     *
     * <ul>
     *   <li>CHOWN, DAC_OVERRIDE, FOWNER, FSETID: a package manager writes and hands over files that are not root's
     *   <li>SETUID, SETGID: it, and servers that begin as root, go on as a user with fewer rights
     *   <li>KILL: the first process passes signals on to what a user runs
     *   <li>NET_BIND_SERVICE: a server on port 80 inside, on engines that do not open low ports to everybody
     * </ul>
     */
    static final List<Capability> KEPT = List.of(
            Capability.CHOWN,
            Capability.DAC_OVERRIDE,
            Capability.FOWNER,
            Capability.FSETID,
            Capability.KILL,
            Capability.NET_BIND_SERVICE,
            Capability.SETGID,
            Capability.SETUID);

    /** The engine's own seccomp profile stays, as nothing here names another. */
    static final List<String> SECURITY = List.of("no-new-privileges");

    static final String GPU_DRIVER = "nvidia";
    static final List<List<String>> GPU_CAPABILITIES = List.of(List.of("gpu"));

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
                .withShmSize(SHM_BYTES)
                .withUlimits(List.of(
                        new Ulimit("nofile", OPEN_FILES, OPEN_FILES),
                        new Ulimit("nproc", PROCESSES_OF_A_USER, PROCESSES_OF_A_USER),
                        // Memory with what it held in it, written where the image's program happened to stand.
                        new Ulimit("core", 0L, 0L)))
                .withInit(true)
                .withIpcMode("private")
                .withCgroupnsMode("private")
                .withCapDrop(Capability.ALL)
                .withCapAdd(KEPT.toArray(Capability[]::new))
                .withSecurityOpts(SECURITY)
                // The agent restarts, so that there is one place that decides and tells.
                .withRestartPolicy(RestartPolicy.noRestart())
                .withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE, LOG_LIMITS));
        if (spec.awaitsSecrets()) {
            config.withTmpFs(SecretsGate.fileSystem());
        }
        if (!spec.gpus().isEmpty()) {
            config.withDeviceRequests(List.of(new DeviceRequest()
                    .withDriver(GPU_DRIVER)
                    .withDeviceIds(spec.gpus())
                    .withCapabilities(GPU_CAPABILITIES)));
        }
        HostConfigCheck.check(config);
        return config;
    }

    /** No network, no limits: it is never started. */
    static HostConfig of(HelperSpec spec) {
        var mount = new Mount()
                .withType(MountType.VOLUME)
                .withSource(Specs.requireOurs(spec.volume()))
                .withTarget(HelperSpec.PATH);
        return HostConfig.newHostConfig()
                .withNetworkMode("none")
                .withMounts(List.of(mount))
                .withSecurityOpts(List.of("no-new-privileges"))
                .withRestartPolicy(RestartPolicy.noRestart());
    }
}
