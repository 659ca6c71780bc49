package dev.trailer.agent.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private static Options parse(String... arguments) throws BadUsage {
        return Options.parse(List.of(arguments));
    }

    @Test
    void each_is_taken_in_either_way_of_writing() throws BadUsage {
        var options = parse("--data", "d", "--server=https://trailer.example:8443", "--token-file", "t", "--ca-file=c");
        assertThat(options)
                .isEqualTo(new Options(
                        Path.of("d"), URI.create("https://trailer.example:8443"), Path.of("t"), Path.of("c"), false));
    }

    @Test
    void none_is_needed() throws BadUsage {
        assertThat(parse()).isEqualTo(new Options(Path.of("data"), null, null, null, false));
        assertThat(parse("--help").help()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:8080", "https://10.0.0.1", "HTTPS://trailer.example/", "http://[::1]:8080"})
    void a_server_is_a_host_and_maybe_a_port(String url) throws BadUsage {
        assertThat(parse("--server", url).server()).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource({
        "trailer.example, must begin with https:// or http://",
        "ftp://trailer.example, must begin with https:// or http://",
        "https://me:secret@trailer.example, must have no user and password",
        "https://:8443, must name a host",
        "https://trailer.example:0, must name a host",
        "https://trailer.example:70000, must name a host",
        "https://trailer.example/api, must end after the host and port",
        "https://trailer.example?x=1, must end after the host and port",
        "https://trailer example, no URL",
    })
    void a_server_that_is_none_is_refused_and_what_might_be_a_password_is_not_repeated(String url, String words) {
        assertThatThrownBy(() -> parse("--server", url))
                .isInstanceOf(BadUsage.class)
                .hasMessageStartingWith("--server")
                .hasMessageContaining(words)
                .hasMessageNotContaining("secret");
    }

    @Test
    void what_is_not_known_or_not_whole_is_refused_by_its_name() {
        assertThatThrownBy(() -> parse("--port", "1"))
                .hasMessageContaining("unknown option --port; allowed are --data");
        assertThatThrownBy(() -> parse("run")).hasMessageContaining("unknown option run");
        assertThatThrownBy(() -> parse("--server")).hasMessage("--server needs a value");
        assertThatThrownBy(() -> parse("--token-file", "--data", "d")).hasMessage("--token-file needs a value");
        assertThatThrownBy(() -> parse("--data", "a", "--data", "b")).hasMessage("--data is given twice");
    }
}
