package dev.trailer.agent.service.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.protocol.DesiredResource.Git;
import dev.trailer.agent.service.engine.EngineException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server that was taken over might send. */
class ScriptsTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "../home/x", "a/b", ".ready", "-n", "a b", "a\n"})
    void a_file_elsewhere_than_among_the_secrets_is_refused(String file) {
        assertThatThrownBy(() -> Scripts.write(file, 1, true)).isInstanceOf(EngineException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "file:///etc, main, /home/dev/api",
        "ext::sh, main, /home/dev/api",
        "https://u:p@h/x, main, /home/dev/api",
        "https://h/x, --force, /home/dev/api",
        "https://h/x, main, /home/../etc",
        "https://h/x, main, api",
    })
    void a_repository_that_is_none_is_refused(String url, String ref, String path) {
        assertThatThrownBy(() -> Scripts.cloneOf(new Git(url, ref, path, null))).isInstanceOf(EngineException.class);
    }

    @Test
    void what_came_from_outside_is_an_argument_and_never_a_part_of_a_script() {
        var clone = Scripts.cloneOf(new Git("https://h/x$(id)", "main", "/home/dev/x", "s-1"));
        assertThat(clone.get(2)).doesNotContain("$(id)");
        assertThat(clone).contains("https://h/x$(id)", "h", "credential");
    }
}
