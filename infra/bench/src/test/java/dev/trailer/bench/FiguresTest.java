package dev.trailer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void the_list_that_the_script_reads_is_what_the_benchmarks_measure() throws IOException {
        try (var listed = Main.class.getResourceAsStream("figures")) {
            assertThat(listed).isNotNull();
            assertThat(new String(listed.readAllBytes(), StandardCharsets.UTF_8).lines())
                    .containsExactlyInAnyOrderElementsOf(Main.ALL.stream()
                            .flatMap(benchmark -> benchmark.figures().stream())
                            .toList());
        }
    }

    @Test
    void columns_line_up_and_what_has_no_limit_shows_none() {
        var table = Table.text(List.of(
                new Figure("observation-32", 6_000, 12_000.0, new Bar.RatioAtLeast(0.5), "commands/s"),
                new Figure("projector-lag", 12.34, null, new Bar.AtMost(100), "ms, p99")));
        assertThat(table).isEqualTo("""
                name             ours   limit  ratio         bar  unit
                observation-32  6,000  12,000  0.500      ≥ 0.50  commands/s
                projector-lag    12.3       -      -  ours ≤ 100  ms, p99
                """);
    }

    @Test
    void a_bar_is_met_at_its_value() {
        assertThat(new Figure("f", 5, 10.0, new Bar.RatioAtLeast(0.5), "").met())
                .isTrue();
        assertThat(new Figure("f", 4.9, 10.0, new Bar.RatioAtLeast(0.5), "").met())
                .isFalse();
        assertThat(new Figure("f", 12.5, 10.0, new Bar.RatioAtMost(1.25), "").met())
                .isTrue();
        assertThat(new Figure("f", 101, null, new Bar.AtMost(100), "").met()).isFalse();
    }
}
