package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.VolumeOptions;
import dev.trailer.agent.protocol.Labels;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
            strings = {"data", "/", "/a/../b", "/a/./b", "//a", "/a/", "/proc", "/proc/1", "/sys/fs", "/dev/sda", "/a:b"
            })
    void a_mount_path_out_of_bounds_is_refused(String path) {
        assertThatThrownBy(() -> new ContainerSpec.Mount("trailer-v", path)).isInstanceOf(EngineException.class);
    }

    @Test
    void limits_and_environment_are_checked() {
        assertThatThrownBy(() -> spec("trailer-w", "trailer/a:1", 0, Map.of())).hasMessageContaining("memory");
        assertThatThrownBy(() -> spec("trailer-w", "debian", 64 << 20, Map.of()))
                .hasMessageContaining("image");
        assertThatThrownBy(() -> spec("trailer-w", "trailer/a:1", 64 << 20, Map.of("A=B", "")))
                .hasMessageContaining("environment");
        assertThat(spec("trailer-w", "trailer/a:1", 64 << 20, Map.of("A_1", "b c"))
                        .env())
                .containsEntry("A_1", "b c");
    }

    private static void isRefused(Consumer<HostConfig> change) {
        HostConfig config = DockerContainerConfig.of(spec("trailer-w", "trailer/a:1", 64 << 20, Map.of()));
        change.accept(config);
        assertThatThrownBy(() -> DockerContainerConfig.check(config)).hasMessageContaining("refused");
    }

    @Test
    void the_last_check_refuses_what_must_never_be() {
        isRefused(config -> config.withPrivileged(true));
        isRefused(config -> config.withBinds(Bind.parse("/:/host")));
        isRefused(config -> config.withDevices(Device.parse("/dev/sda")));
        isRefused(config -> config.withCapAdd(Capability.SYS_ADMIN));
        isRefused(config -> config.withPidMode("host"));
        isRefused(config -> config.withIpcMode("host"));
        isRefused(config -> config.withUtSMode("host"));
        isRefused(config -> config.withUsernsMode("host"));
        isRefused(config -> config.withNetworkMode("host"));
        isRefused(config -> config.withMounts(
                List.of(new Mount().withType(MountType.BIND).withSource("/etc").withTarget("/x"))));
        isRefused(config -> config.withMounts(List.of(new Mount()
                .withType(MountType.VOLUME)
                .withSource("trailer-v")
                .withTarget("/x")
                .withVolumeOptions(new VolumeOptions()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../up", "a/../../b", "a//b", ""})
    void a_context_path_out_of_the_context_is_refused(String path) {
        assertThatThrownBy(() -> new BuildContext("FROM scratch", Map.of(path, "x")))
                .isInstanceOf(EngineException.class);
    }
}
