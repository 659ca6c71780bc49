package dev.trailer.agent.service.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.HostMetrics;
import dev.trailer.agent.service.engine.EngineInfo;
import dev.trailer.agent.service.engine.Subnet;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostWatchTest {
    private final HostWatch host = new HostWatch(Gpus.NONE);

    @Test
    void metrics_are_of_this_machine_and_within_bounds() {
        HostMetrics metrics = host.metrics("/");
        assertThat(metrics.cpuPercent()).isBetween(0.0, 100.0);
        assertThat(metrics.memoryUsedBytes()).isBetween(1L, metrics.memoryTotalBytes());
        assertThat(metrics.diskUsedBytes()).isBetween(1L, metrics.diskTotalBytes());
        assertThat(host.metrics("/")).isSameAs(metrics);
    }

    @Test
    void some_memory_is_kept_for_the_host_itself() {
        assertThat(host.facts(new EngineInfo("docker", "1", "1.41", "os", "x", 4, 8L << 30, "/"))
                        .memoryBytes())
                .isLessThan(8L << 30)
                .isGreaterThan(7L << 30);
        assertThat(host.factsWithoutEngine().memoryBytes()).isPositive();
    }

    @Test
    void routes_are_read_from_the_kernels_table() {
        assertThat(Routes.parse(List.of(
                        "Iface Destination Gateway Flags RefCnt Use Metric Mask MTU Window IRTT",
                        "eth0 00000000 010200C0 0003 0 0 0 00000000 0 0 0",
                        "docker0 000011AC 00000000 0001 0 0 0 0000FFFF 0 0 0")))
                .containsExactly(Subnet.parse("172.17.0.0/16").orElseThrow());
    }
}
