package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Link;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.VolumeOptions;
import com.github.dockerjava.api.model.VolumesFrom;
import dev.trailer.agent.protocol.Labels;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server, or anybody in its place, cannot make this agent do. */
class ContainerSpecTest {
    private static final Map<String, String> LABELS = Map.of(Labels.INSTALL, "i", Labels.HOST, "h");

    private static ContainerSpec spec(String network, String image, long memory, Map<String, String> env) {
        return new ContainerSpec("trailer-w-1", "dev", image, network, 100, memory, env, List.of(), LABELS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "none", "bridge", "container:abc", "", "trailer-x/../y", "Trailer-x"})
    void a_network_that_is_not_ours_is_refused(String network) {
        assertThatThrownBy(() -> spec(network, "trailer/a:1", 64 << 20, Map.of()))
                .isInstanceOf(EngineException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/etc/passwd", "/var/run/docker.sock", "other", "trailer-a:ro", "../trailer-a"})
    void a_host_path_or_foreign_volume_is_refused(String volume) {
        assertThatThrownBy(() -> new ContainerSpec.Mount(volume, "/data")).isInstanceOf(EngineException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data",
                "/",
                "/a/../b",
                "/a/./b",
                "//a",
                "/a/",
                "/proc",
                "/proc/1",
                "/sys/fs",
                "/dev/sda",
                "/a:b",
                "/var/run/nvidia-container-devices/all"
            })
    void a_mount_path_out_of_bounds_is_refused(String path) {
        assertThatThrownBy(() -> new ContainerSpec.Mount("trailer-v", path)).isInstanceOf(EngineException.class);
    }

    @Test
    void limits_and_environment_are_checked() {
        assertThatThrownBy(() -> spec("trailer-w", "trailer/a:1", 0, Map.of())).hasMessageContaining("memory");
        for (String image : List.of("debian", "trailer/a", "trailer/../a:1", "trailer/a:1@sha256:0", "x/trailer/a:1")) {
            assertThatThrownBy(() -> spec("trailer-w", image, 64 << 20, Map.of()))
                    .hasMessageContaining("image");
        }
        assertThatThrownBy(() -> spec("trailer-w", "trailer/a:1", 64 << 20, Map.of("A=B", "")))
                .hasMessageContaining("environment");
        assertThat(spec("trailer-w", "trailer/a:1", 64 << 20, Map.of("A_1", "b c"))
                        .env())
                .containsEntry("A_1", "b c");
    }

    /** Each option that an engine would take and no workspace may have, by one value of it. */
    static Stream<Arguments> options() {
        return Stream.of(
                option("Privileged", config -> config.withPrivileged(true)),
                option("Binds", config -> config.withBinds(Bind.parse("/:/host"))),
                option("Binds of a volume", config -> config.withBinds(Bind.parse("trailer-v:/v"))),
                option("Devices", config -> config.withDevices(Device.parse("/dev/sda"))),
                option("DeviceCgroupRules", config -> config.withDeviceCgroupRules(List.of("b 8:* rwm"))),
                option("DeviceRequests", config -> config.withDeviceRequests(List.of(new DeviceRequest()))),
                option("CapAdd", config -> config.withCapAdd(Capability.SYS_ADMIN)),
                option("CapAdd of all", config -> config.withCapAdd(Capability.ALL)),
                option("CapDrop of nothing", config -> config.withCapDrop()),
                option("CapDrop of some", config -> config.withCapDrop(Capability.SYS_ADMIN)),
                option("PidMode", config -> config.withPidMode("host")),
                option("PidMode of another", config -> config.withPidMode("container:x")),
                option("IpcMode", config -> config.withIpcMode("host")),
                option("IpcMode shareable", config -> config.withIpcMode("shareable")),
                option("UTSMode", config -> config.withUtSMode("host")),
                option("UsernsMode", config -> config.withUsernsMode("host")),
                option("CgroupnsMode", config -> config.withCgroupnsMode("host")),
                option("NetworkMode", config -> config.withNetworkMode("host")),
                option("NetworkMode of another", config -> config.withNetworkMode("container:x")),
                option("VolumesFrom", config -> config.withVolumesFrom(new VolumesFrom("x"))),
                option("VolumeDriver", config -> config.withVolumeDriver("nfs")),
                option("a bind mount", config -> config.withMounts(List.of(mount(MountType.BIND, "/etc", "/x")))),
                option("a pipe", config -> config.withMounts(List.of(mount(MountType.NPIPE, "trailer-v", "/x")))),
                option(
                        "a volume with options",
                        config -> config.withMounts(List.of(
                                mount(MountType.VOLUME, "trailer-v", "/x").withVolumeOptions(new VolumeOptions())))),
                option("another's volume", config -> config.withMounts(List.of(mount(MountType.VOLUME, "db", "/x")))),
                option(
                        "a path as a volume",
                        config -> config.withMounts(List.of(mount(MountType.VOLUME, "/var/run/docker.sock", "/x")))),
                option(
                        "a mount over /proc",
                        config -> config.withMounts(List.of(mount(MountType.VOLUME, "trailer-v", "/proc/sys")))),
                option("SecurityOpt none", config -> config.withSecurityOpts(List.of())),
                option(
                        "SecurityOpt seccomp",
                        config -> config.withSecurityOpts(List.of("no-new-privileges", "seccomp=unconfined"))),
                option("SecurityOpt apparmor", config -> config.withSecurityOpts(List.of("apparmor=unconfined"))),
                option("SecurityOpt masks", config -> config.withSecurityOpts(List.of("systempaths=unconfined"))),
                option("CgroupParent", config -> config.withCgroupParent("/")),
                option("Runtime", config -> config.withRuntime("other")),
                option("Sysctls", config -> config.withSysctls(Map.of("net.ipv4.ip_forward", "1"))),
                option("Tmpfs", config -> config.withTmpFs(Map.of("/x", "exec"))),
                option("StorageOpt", config -> config.withStorageOpt(Map.of("size", "1T"))),
                option("GroupAdd", config -> config.withGroupAdd(List.of("docker"))),
                option("ExtraHosts", config -> config.withExtraHosts("db:127.0.0.1")),
                option("Dns", config -> config.withDns("10.0.0.1")),
                option("Links", config -> config.withLinks(new Link("other", "o"))),
                option("PublishAllPorts", config -> config.withPublishAllPorts(true)),
                option("PortBindings", config -> config.withPortBindings(PortBinding.parse("0.0.0.0:80:80"))),
                option("OomKillDisable", config -> config.withOomKillDisable(true)),
                option("OomScoreAdj", config -> config.withOomScoreAdj(-1_000)),
                option("CpuRealtimeRuntime", config -> config.withCpuRealtimeRuntime(950_000L)),
                option("AutoRemove", config -> config.withAutoRemove(true)),
                option("ContainerIDFile", config -> config.withContainerIDFile("/etc/x")),
                option("Annotations", config -> config.withAnnotations(Map.of("a", "b"))),
                option("no limit of memory", config -> config.withMemory(0L)),
                option("no limit of CPUs", config -> config.withNanoCPUs(0L)),
                option("no limit of pids", config -> config.withPidsLimit(-1L)));
    }

    private static Mount mount(MountType type, String source, String target) {
        return new Mount().withType(type).withSource(source).withTarget(target);
    }

    private static Arguments option(String what, Consumer<HostConfig> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("options")
    void the_last_check_refuses_what_must_never_be(String what, Consumer<HostConfig> change) {
        HostConfig config = DockerContainerConfig.of(spec("trailer-w", "trailer/a:1", 64 << 20, Map.of()));
        HostConfigCheck.check(config);
        change.accept(config);
        assertThatThrownBy(() -> HostConfigCheck.check(config)).as(what).hasMessageContaining("refused");
    }

    private static void isRefused(Consumer<HostConfig> change) {
        HostConfig config = DockerContainerConfig.of(spec("trailer-w", "trailer/a:1", 64 << 20, Map.of()));
        change.accept(config);
        assertThatThrownBy(() -> HostConfigCheck.check(config)).hasMessageContaining("refused");
    }

    private static ContainerSpec onGpus(String... gpus) {
        return new ContainerSpec(
                "trailer-w-1",
                "dev",
                "trailer/a:1",
                "trailer-w",
                100,
                64 << 20,
                Map.of(),
                List.of(),
                LABELS,
                false,
                List.of(gpus));
    }

    @Test
    void gpus_are_asked_for_by_name_and_nothing_else_is() {
        var requests =
                DockerContainerConfig.of(onGpus("GPU-0a-1b", "MIG-GPU-0a/1/0")).getDeviceRequests();
        assertThat(requests)
                .containsExactly(new DeviceRequest()
                        .withDriver("nvidia")
                        .withDeviceIds(List.of("GPU-0a-1b", "MIG-GPU-0a/1/0"))
                        .withCapabilities(List.of(List.of("gpu"))));
        assertThat(DockerContainerConfig.of(onGpus()).getDeviceRequests()).isNull();
        for (String bad : List.of("all", "0", "", "none", "GPU-", "GPU-a,GPU-b", "GPU-a b", "/dev/nvidia0")) {
            assertThatThrownBy(() -> onGpus(bad)).as(bad).hasMessageContaining("refused");
        }
        assertThatThrownBy(() -> onGpus("GPU-a", "GPU-a")).hasMessageContaining("twice");
    }

    @Test
    void the_last_check_refuses_every_other_request_for_a_device() {
        Supplier<DeviceRequest> fine = () -> new DeviceRequest()
                .withDriver("nvidia")
                .withDeviceIds(List.of("GPU-a"))
                .withCapabilities(List.of(List.of("gpu")));
        HostConfig allowed = DockerContainerConfig.of(onGpus("GPU-a"));
        HostConfigCheck.check(allowed.withDeviceRequests(List.of(fine.get())));
        isRefused(config -> config.withDeviceRequests(List.of(fine.get(), fine.get())));
        for (DeviceRequest request : List.of(
                new DeviceRequest(),
                fine.get().withDriver("cdi"),
                fine.get().withDriver(""),
                fine.get().withCount(-1),
                fine.get().withCount(1),
                fine.get().withDeviceIds(List.of()),
                fine.get().withDeviceIds(List.of("all")),
                fine.get().withDeviceIds(List.of("GPU-a", "0")),
                fine.get().withCapabilities(List.of(List.of("gpu", "display"))),
                fine.get().withCapabilities(List.of(List.of("gpu"), List.of("compute"))),
                fine.get().withCapabilities(List.of()),
                fine.get().withOptions(Map.of("a", "b")))) {
            isRefused(config -> config.withDeviceRequests(List.of(request)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../up", "a/../../b", "a//b", ""})
    void a_context_path_out_of_the_context_is_refused(String path) {
        assertThatThrownBy(() -> new BuildContext("FROM scratch", Map.of(path, "x")))
                .isInstanceOf(EngineException.class);
    }
}
