package dev.trailer.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcesTest {
    @ParameterizedTest
    @CsvSource({"-1, 0, 0", "0, -1, 0", "0, 0, -1", "-9223372036854775808, 0, 0"})
    void negative_resources_are_refused(long cpuMillis, long memoryBytes, int gpus) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Resources(cpuMillis, memoryBytes, gpus));
    }

    @Test
    void fitting_means_fitting_in_every_kind() {
        var free = new Resources(1000, 1000, 1);
        assertThat(free.fitsIn(free)).isTrue();
        assertThat(Resources.NONE.fitsIn(Resources.NONE)).isTrue();
        assertThat(new Resources(1001, 1, 0).fitsIn(free)).isFalse();
        assertThat(new Resources(1, 1001, 0).fitsIn(free)).isFalse();
        assertThat(new Resources(1, 1, 2).fitsIn(free)).isFalse();
    }

    @Test
    void taking_away_what_was_added_gives_back_what_was() {
        Seeds.forEach(random -> {
            var a = any(random);
            var b = any(random);
            assertThat(a.plus(b)).isEqualTo(b.plus(a));
            assertThat(a.plus(b).minus(b)).isEqualTo(a);
            assertThat(a.plus(Resources.NONE)).isEqualTo(a);
            assertThat(a.fitsIn(a.plus(b))).isTrue();
        });
    }

    @Test
    void taking_away_more_than_there_is_leaves_nothing_of_that_kind() {
        assertThat(new Resources(1000, 500, 1).minus(new Resources(2000, 100, 3)))
                .isEqualTo(new Resources(0, 400, 0));
        assertThat(Resources.NONE.minus(new Resources(Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE)))
                .isEqualTo(Resources.NONE);
    }

    @Test
    void a_sum_that_overflows_is_refused_instead_of_negative() {
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> new Resources(0, Long.MAX_VALUE, 0).plus(new Resources(0, 1, 0)));
    }

    private static Resources any(Random random) {
        return new Resources(random.nextInt(10_000), random.nextLong(1L << 40), random.nextInt(8));
    }
}
