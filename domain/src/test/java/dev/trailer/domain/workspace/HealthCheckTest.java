package dev.trailer.domain.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthCheckTest {
    private static final HealthCheck USUAL = new HealthCheck(
            "true",
            HealthCheck.USUAL_INTERVAL,
            HealthCheck.USUAL_TIMEOUT,
            HealthCheck.USUAL_RETRIES,
            Duration.ZERO,
            false);

    @ParameterizedTest
    @ValueSource(strings = {"PT2S", "PT30S", "PT1H"})
    void an_interval_is_two_seconds_to_an_hour(Duration interval) {
        assertThat(HealthCheck.requireInterval(interval)).isEqualTo(interval);
    }

    @ParameterizedTest
    @CsvSource({
        "PT1.999S, PT10S, 3, PT0S",
        "PT1H0.001S, PT10S, 3, PT0S",
        "PT30S, PT0.5S, 3, PT0S",
        "PT30S, PT61S, 3, PT0S",
        "PT30S, PT10S, 0, PT0S",
        "PT30S, PT10S, 21, PT0S",
        "PT30S, PT10S, 3, PT-1S",
        "PT30S, PT10S, 3, PT61M"
    })
    void what_is_out_of_its_bounds_is_refused_and_told_them(
            Duration interval, Duration timeout, int retries, Duration startPeriod) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new HealthCheck("true", interval, timeout, retries, startPeriod, false))
                .withMessageContaining("must be ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0000b", "a\u001bb"})
    void a_command_is_text_that_a_shell_can_be_given(String command) {
        assertThatIllegalArgumentException().isThrownBy(() -> HealthCheck.requireCommand(command));
    }

    @Test
    void a_command_may_have_lines_and_so_many_characters() {
        assertThat(HealthCheck.requireCommand("set -e\n\ttest -e /tmp/well")).contains("\n");
        assertThat(HealthCheck.requireCommand("x".repeat(HealthCheck.MAX_COMMAND_LENGTH)))
                .hasSize(HealthCheck.MAX_COMMAND_LENGTH);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HealthCheck.requireCommand("x".repeat(HealthCheck.MAX_COMMAND_LENGTH + 1)));
    }

    @Test
    void what_asks_for_another_check_keeps_its_container() {
        var spec = Workspaces.SPEC;
        assertThat(spec.needsNewContainerFor(spec.with(USUAL))).isFalse();
        assertThat(spec.with(USUAL)).isNotEqualTo(spec);
        assertThat(spec.with(USUAL).with(null)).isEqualTo(spec);
    }
}
