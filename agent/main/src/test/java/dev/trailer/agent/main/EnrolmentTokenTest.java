package dev.trailer.agent.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnrolmentTokenTest {
    private Path directory;

    @BeforeEach
    void place(@TempDir Path fresh) {
        directory = fresh;
    }

    private Path file(String text) throws IOException {
        return Files.writeString(directory.resolve("token"), text);
    }

    @Test
    void it_is_the_one_word_in_the_file() throws Exception {
        assertThat(EnrolmentToken.atStart(file("  abc_DEF-123\n"), false)).contains("abc_DEF-123");
    }

    @Test
    void an_enrolled_host_needs_none_and_its_file_may_be_gone() throws Exception {
        assertThat(EnrolmentToken.atStart(directory.resolve("gone"), true)).isEmpty();
        assertThat(EnrolmentToken.atStart(null, true)).isEmpty();
    }

    @Test
    void a_rotated_one_is_what_is_in_the_file_by_then_and_none_is_no_fault() throws IOException {
        var file = file("first");
        assertThat(EnrolmentToken.now(file)).contains("first");
        assertThat(EnrolmentToken.now(file("second"))).contains("second");
        assertThat(EnrolmentToken.now(file(""))).isEmpty();
        assertThat(EnrolmentToken.now(directory.resolve("gone"))).isEmpty();
        assertThat(EnrolmentToken.now(null)).isEmpty();
    }

    @Test
    void a_host_that_is_not_enrolled_is_told_what_is_missing() {
        assertThatThrownBy(() -> EnrolmentToken.atStart(null, false)).hasMessageContaining("--token-file is needed");
        assertThatThrownBy(() -> EnrolmentToken.atStart(directory.resolve("gone"), false))
                .isInstanceOf(BadUsage.class)
                .hasMessageContaining("cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "two words", "Überraschung", "a\nb"})
    void what_is_no_token_is_refused_and_not_repeated(String text) throws IOException {
        var file = file(text);
        assertThatThrownBy(() -> EnrolmentToken.atStart(file, false))
                .isInstanceOf(BadUsage.class)
                .hasMessage("--token-file " + file + ": must hold the token, one word, and nothing else");
    }

    @Test
    void some_other_file_is_refused() throws IOException {
        var file = file("x".repeat(5_000));
        assertThatThrownBy(() -> EnrolmentToken.atStart(file, false)).isInstanceOf(BadUsage.class);
    }
}
