package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What engines answer on either version of the kernel's control groups. */
class DockerStatsTest {
    private static Usage recorded(String name) throws IOException {
        try (var body = Objects.requireNonNull(DockerStatsTest.class.getResourceAsStream("/stats/" + name))) {
            return DockerStats.read(body);
        }
    }

    @Test
    void control_groups_of_version_1() throws IOException {
        assertThat(recorded("engine-20.10-cgroup-v1.json"))
                .isEqualTo(new Usage(24227371, 978944, 4_096, 3_145_728, 952, 0, 2));
    }

    @Test
    void control_groups_of_version_2() throws IOException {
        assertThat(recorded("engine-27-cgroup-v2.json"))
                .isEqualTo(new Usage(
                        4_939_369_000L, 191_705_088 - 1_298_432, 1_389_854_720, 5_438_197_760L, 1_342, 692, 7));
    }

    @Test
    void a_container_that_has_just_ended_uses_nothing() throws IOException {
        var body = "{\"read\":\"0001-01-01T00:00:00Z\",\"memory_stats\":{},\"cpu_stats\":{},\"blkio_stats\":{}}";
        assertThat(DockerStats.read(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(new Usage(0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void what_is_no_json_is_told() {
        assertThatThrownBy(() -> DockerStats.read(new ByteArrayInputStream(new byte[] {'<'})))
                .isInstanceOf(IOException.class);
    }
}
