package dev.trailer.agent.service.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what must never reach an engine, whoever changes {@link DockerContainerConfig}. It looks at what would be sent, so
 * an option of which this program has never heard is refused for being there.
 */
final class HostConfigCheck {
    /** As docker-java writes it. */
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The options that we set. What they may be is checked below; all others must be absent. */
    private static final Set<String> KNOWN = Set.of(
            "CapAdd",
            "CapDrop",
            "CgroupnsMode",
            "DeviceRequests",
            "Init",
            "IpcMode",
            "LogConfig",
            "Memory",
            "MemorySwap",
            "Mounts",
            "NanoCpus",
            "NetworkMode",
            "PidsLimit",
            "RestartPolicy",
            "SecurityOpt",
            "ShmSize",
            "Tmpfs",
            "Ulimits");

    private HostConfigCheck() {}

    /** @throws EngineException naming what is refused */
    static void check(HostConfig config) {
        JsonNode sent = JSON.valueToTree(config);
        sent.properties()
                .forEach(option ->
                        refuseIf(isSet(option.getValue()) && !KNOWN.contains(option.getKey()), option.getKey()));
        capabilities(config);
        List<DeviceRequest> requests = config.getDeviceRequests();
        refuseIf(
                requests != null && (requests.size() > 1 || !requests.stream().allMatch(HostConfigCheck::isOfGpus)),
                "device request");
        refuseIf(!DockerContainerConfig.SECURITY.equals(config.getSecurityOpts()), "security options");
        refuseIf(!"private".equals(config.getIpcMode()), "ipc namespace");
        refuseIf(!"private".equals(config.getCgroupnsMode()), "cgroup namespace");
        refuseIf(notPositive(config.getMemory()) || notPositive(config.getNanoCPUs()), "no limit");
        refuseIf(notPositive(config.getPidsLimit()), "no limit of pids");
        var inMemory = config.getTmpFs();
        refuseIf(
                inMemory != null && !inMemory.isEmpty() && !inMemory.equals(SecretsGate.fileSystem()),
                "file system in memory");
        Specs.requireOurs(String.valueOf(config.getNetworkMode()));
        List<Mount> mounts = config.getMounts();
        for (Mount mount : mounts == null ? List.<Mount>of() : mounts) {
            mount(mount);
        }
    }

    /** For GPUs by their names, and for nothing beside them: neither a number of any, nor other capabilities or options. */
    private static boolean isOfGpus(DeviceRequest request) {
        List<String> ids = request.getDeviceIds();
        return DockerContainerConfig.GPU_DRIVER.equals(request.getDriver())
                && DockerContainerConfig.GPU_CAPABILITIES.equals(request.getCapabilities())
                && request.getCount() == null
                && (request.getOptions() == null || request.getOptions().isEmpty())
                && ids != null
                && !ids.isEmpty()
                && ids.stream().allMatch(ContainerSpec::isGpu);
    }

    private static void capabilities(HostConfig config) {
        Capability[] dropped = config.getCapDrop();
        refuseIf(dropped == null || !List.of(dropped).equals(List.of(Capability.ALL)), "capabilities not dropped");
        Capability[] added = config.getCapAdd();
        for (Capability capability : added == null ? new Capability[0] : added) {
            refuseIf(!DockerContainerConfig.KEPT.contains(capability), "capability " + capability);
        }
    }

    private static void mount(Mount mount) {
        refuseIf(
                mount.getType() != MountType.VOLUME
                        || mount.getVolumeOptions() != null
                        || mount.getBindOptions() != null
                        || mount.getTmpfsOptions() != null,
                "mount");
        Specs.requireOurs(String.valueOf(mount.getSource()));
        ContainerSpec.Mount.requirePath(String.valueOf(mount.getTarget()));
    }

    /** Null, false, 0, "" and what is empty are as good as absent. */
    private static boolean isSet(JsonNode value) {
        if (value.isNull()) {
            return false;
        }
        if (value.isContainerNode()) {
            return !value.isEmpty();
        }
        return value.isTextual()
                ? !value.asText().isEmpty()
                : value.isBoolean() ? value.asBoolean() : value.asLong() != 0;
    }

    private static boolean notPositive(@Nullable Long limit) {
        return limit == null || limit <= 0;
    }

    private static void refuseIf(boolean condition, String what) {
        if (condition) {
            throw new EngineException("refused: " + what);
        }
    }
}
