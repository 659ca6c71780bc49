package dev.trailer.agent.service.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineLookTest {
    private static final List<String> MEMORY =
            List.of("MemTotal:        2000 kB", "MemFree:          100 kB", "MemAvailable:    1500 kB");

    private static MachineLook look(String cpu) throws IOException {
        return MachineLook.parse(
                List.of(cpu, "cpu0 1 1 1 1 1 1 1 1 0 0", "intr 5"), MEMORY, "0.50 0.40 0.30 1/200 4711\n");
    }

    @Test
    void memory_is_told_in_bytes_and_load_by_its_first_figure() throws IOException {
        var look = look("cpu  1 2 3 4 5 6 7 8 9 10");
        assertThat(look.totalBytes()).isEqualTo(2_000 * 1024);
        assertThat(look.usedBytes()).isEqualTo(500 * 1024);
        assertThat(look.load1()).isEqualTo(0.5);
    }

    @Test
    void waiting_for_a_disk_is_not_busy_and_guests_do_not_count_twice() throws IOException {
        var before = look("cpu  100 0 100 1000 50 0 0 0 40 0");
        var after = look("cpu  120 0 110 1060 60 0 0 0 60 0");
        assertThat(after.busySince(before)).isEqualTo(0.3);
    }

    @Test
    void two_looks_at_one_moment_and_counters_that_fell_are_no_load() throws IOException {
        var look = look("cpu  100 0 100 1000 50 0 0 0 0 0");
        assertThat(look.busySince(look)).isZero();
        assertThat(look("cpu  1 0 1 1 1 0 0 0 0 0").busySince(look)).isZero();
    }

    @Test
    void what_is_not_understood_is_no_look() {
        assertThatThrownBy(() -> look("cpu  1 2 3")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> look("cpu  a b c d e f g h")).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> MachineLook.parse(List.of("cpu  1 2 3 4 5 6 7 8"), List.of(), "0.1"))
                .hasMessageContaining("MemTotal");
    }
}
