package dev.trailer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
    @Test
    void the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assertThat(Sample.of(4, 1, 3, 2).median()).isEqualTo(2.5);
        assertThat(Sample.of(9, 1, 5).median()).isEqualTo(5);
    }

    @Test
    void a_percentile_is_a_value_that_was_measured() {
        var hundred = Sample.of(IntStream.rangeClosed(1, 100).boxed().toList());
        assertThat(hundred.percentile(0.99)).isEqualTo(99);
        assertThat(hundred.percentile(0.5)).isEqualTo(50);
        assertThat(hundred.percentile(1)).isEqualTo(100);
        assertThat(Sample.of(7).percentile(0.01)).isEqualTo(7);
    }

    @Test
    void nothing_measured_is_an_error_and_not_a_zero() {
        assertThatThrownBy(() -> Sample.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
