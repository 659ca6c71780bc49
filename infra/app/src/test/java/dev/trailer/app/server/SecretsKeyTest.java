package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.secrets.Vault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of secrets when the key file is lost, wrong, open to others, or rotated. Leaves the shared server running, on
 * another port, with a key that opens all there is.
 */
@ExtendWith(SharedServer.class)
class SecretsKeyTest {
    private static final String SECRETS = "/api/v1/secrets";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final TestServer server;
    private final Path folder;
    private final Path file;
    private final String secret;

    SecretsKeyTest(TestServer server, @TempDir Path folder) {
        this.server = server;
        this.folder = folder;
        this.file = server.data().resolve("secrets-key");
        this.secret = create("kept-" + NUMBER.incrementAndGet()).expect(201).id();
    }

    private Reply create(String name) {
        return server.api().post(SECRETS, "{\"name\":\"" + name + "\",\"value\":\"worth keeping\"}");
    }

    private void restart() {
        server.close();
        server.start();
    }

    private Api api() {
        return server.api();
    }

    private String opened() {
        return new String(
                server.part(Vault.class)
                        .open(new SecretId(secret))
                        .orElseThrow()
                        .value(),
                StandardCharsets.UTF_8);
    }

    private void requireUnavailable() {
        assertThat(create("refused").expect(503).text("/code")).isEqualTo("secrets_unavailable");
        assertThat(api().post(SECRETS + "/" + secret + "/versions", "{\"value\":\"x\"}")
                        .expect(503)
                        .text("/code"))
                .isEqualTo("secrets_unavailable");
        // Everything else goes on, and what needs no key does too.
        api().get(SECRETS + "/" + secret).expect(200);
        assertThat(ready()).startsWith("the key file ");
    }

    /** What is said of secrets to whoever asks whether all is well; empty if nothing is wrong with them. */
    private String ready() {
        return api().get("/readyz").expect(200).text("/secrets");
    }

    @Test
    void a_lost_key_is_not_replaced_and_secrets_go_on_once_it_is_back() throws IOException {
        var aside = Files.move(file, folder.resolve("aside"));
        restart();
        requireUnavailable();
        assertThat(file).doesNotExist();
        assertThat(ready()).isEqualTo("the key file is not there");
        Files.move(aside, file);
        assertThat(opened()).isEqualTo("worth keeping");
        assertThat(ready()).isEmpty();
        create("next").expect(201);
    }

    @Test
    void another_installs_key_or_a_forged_one_is_not_taken() throws IOException {
        var right = Files.readString(file);
        var other = Base64.getEncoder().encodeToString(new byte[32]);
        Files.writeString(file, "k-other " + other + "\n");
        restart();
        requireUnavailable();
        var id = right.lines().toList().getLast().split(" ")[0];
        Files.writeString(file, id + " " + other + "\n");
        requireUnavailable();
        Files.writeString(file, "not a key at all\n");
        requireUnavailable();
        Files.writeString(file, right);
        assertThat(opened()).isEqualTo("worth keeping");
    }

    @Test
    void a_key_that_others_can_read_is_refused_until_they_cannot() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        restart();
        requireUnavailable();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(opened()).isEqualTo("worth keeping");
    }

    @Test
    void a_key_that_goes_while_the_server_runs_is_told_before_anybody_needs_it() throws IOException {
        assertThat(ready()).isEmpty();
        var aside = Files.move(file, folder.resolve("aside"));
        assertThat(ready()).isEqualTo("the key file is not there");
        assertThat(opened()).as("it is in memory").isEqualTo("worth keeping");
        Files.move(aside, file);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(ready()).isEqualTo("the key file cannot be used; the log says why");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(ready()).isEmpty();
    }

    @Test
    void a_new_first_key_takes_over_all_values_and_the_old_one_can_go() throws IOException {
        var lines = new ArrayList<>(Files.readAllLines(file));
        lines.addFirst("k-second "
                + Base64.getEncoder()
                        .encodeToString("thirty-two bytes of no randomness"
                                .substring(0, 32)
                                .getBytes(StandardCharsets.US_ASCII)));
        Files.write(file, lines);
        restart();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> server.sql()
                                .sql("select count(*) from secret_value where key_id <> 'k-second'")
                                .query(Long.class)
                                .single()
                        == 0);
        Files.write(file, List.of(lines.getFirst()));
        restart();
        assertThat(opened()).isEqualTo("worth keeping");
    }

    @Test
    void a_deletion_needs_no_key() throws IOException {
        var aside = Files.move(file, folder.resolve("aside"));
        restart();
        api().delete(SECRETS + "/" + secret).expect(200);
        assertThat(server.sql()
                        .sql("select count(*) from secret_value where secret = ?")
                        .param(secret)
                        .query(Long.class)
                        .single())
                .isZero();
        Files.move(aside, file);
        create("after-all").expect(201);
    }
}
