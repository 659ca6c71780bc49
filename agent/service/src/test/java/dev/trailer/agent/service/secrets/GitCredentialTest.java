package dev.trailer.agent.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.service.engine.EngineException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GitCredentialTest {
    private static String lines(String value) {
        return new String(GitCredential.lines(value), StandardCharsets.UTF_8);
    }

    @Test
    void a_token_alone_gets_some_user() {
        assertThat(lines("t0ken\n")).isEqualTo("git\nt0ken\n");
    }

    @Test
    void a_user_is_taken_and_a_password_may_have_colons() {
        assertThat(lines("somebody:pass:word")).isEqualTo("somebody\npass:word\n");
    }

    @Test
    void more_than_a_line_is_refused_without_being_repeated() {
        assertThatThrownBy(() -> lines("some\nthing"))
                .isInstanceOf(EngineException.class)
                .message()
                .doesNotContain("thing");
    }
}
