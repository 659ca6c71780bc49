package dev.trailer.agent.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptTest {
    private static final URI SERVER = URI.create("https://trailer.example");

    private Path directory;

    @BeforeEach
    void place(@TempDir Path fresh) {
        directory = fresh;
    }

    @Test
    void the_directory_is_made_its_owners_alone() throws Exception {
        var data = directory.resolve("a/b");
        assertThat(new Kept(data).state()).isEqualTo(data.resolve("agent"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                .isEqualTo("rwx------");
    }

    @Test
    void a_directory_that_is_none_is_refused() throws IOException {
        var file = Files.writeString(directory.resolve("file"), "");
        assertThatThrownBy(() -> new Kept(file)).isInstanceOf(BadUsage.class).hasMessageContaining("not a directory");
    }

    @Test
    void the_server_is_told_once_and_may_be_told_anew() throws Exception {
        var kept = new Kept(directory);
        assertThatThrownBy(() -> kept.server(null)).hasMessageContaining("--server is needed at the first start");
        assertThat(kept.server(SERVER)).isEqualTo(SERVER);
        assertThat(kept.server(null)).isEqualTo(SERVER);
        var other = URI.create("http://localhost:8080");
        assertThat(kept.server(other)).isEqualTo(other);
        assertThat(new Kept(directory).server(null)).isEqualTo(other);
    }

    @Test
    void a_kept_server_that_somebody_spoiled_is_refused_by_its_files_name() throws Exception {
        Files.writeString(directory.resolve("agent-server"), "nonsense\n");
        assertThatThrownBy(() -> new Kept(directory).server(null))
                .isInstanceOf(BadUsage.class)
                .hasMessageContaining("agent-server");
    }

    @Test
    void a_file_of_authorities_that_is_none_is_refused_and_not_kept() throws Exception {
        var words = Files.writeString(directory.resolve("words"), "hello");
        var kept = new Kept(directory.resolve("data"));
        assertThatThrownBy(() -> kept.trust(words)).isInstanceOf(BadUsage.class).hasMessageContaining("--ca-file");
        assertThat(directory.resolve("data/agent-ca.pem")).doesNotExist();
    }
}
