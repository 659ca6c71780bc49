package dev.trailer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.plan.ImagePolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeptImagesTest {
    @Test
    void a_host_that_is_told_nothing_keeps_three_versions_and_a_week() {
        assertThat(KeptImages.from(Map.of())).isEqualTo(new ImagePolicy(3, Duration.ofDays(7)));
        assertThat(KeptImages.from(Map.of(KeptImages.VERSIONS, " ", KeptImages.UNUSED, "")))
                .isEqualTo(ImagePolicy.DEFAULT);
    }

    @Test
    void each_is_told_alone_or_both() {
        assertThat(KeptImages.from(Map.of(KeptImages.VERSIONS, "5"))).isEqualTo(new ImagePolicy(5, Duration.ofDays(7)));
        assertThat(KeptImages.from(Map.of(KeptImages.UNUSED, "PT12H")))
                .isEqualTo(new ImagePolicy(3, Duration.ofHours(12)));
        assertThat(KeptImages.from(Map.of(KeptImages.VERSIONS, "1", KeptImages.UNUSED, "P365D")))
                .isEqualTo(new ImagePolicy(1, Duration.ofDays(365)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "101", "-1", "three", "3.5"})
    void versions_that_cannot_be_are_refused_by_the_variables_name(String said) {
        assertThatThrownBy(() -> KeptImages.from(Map.of(KeptImages.VERSIONS, said)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("TRAILER_KEPT_VERSIONS must be a number from 1 to 100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "7d", "PT0S", "-P1D", "P366D", "P1Y"})
    void times_that_cannot_be_are_refused_by_the_variables_name(String said) {
        assertThatThrownBy(() -> KeptImages.from(Map.of(KeptImages.UNUSED, said)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("TRAILER_KEPT_UNUSED must be a duration from PT1S to P365D");
    }
}
