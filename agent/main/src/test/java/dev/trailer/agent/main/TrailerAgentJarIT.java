package dev.trailer.agent.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.service.TestServer;
import dev.trailer.agent.service.server.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed program, as infra/up and systemd start it. */
class TrailerAgentJarIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private Path directory;
    private Path data;
    private Path log;
    private Path token;

    @BeforeEach
    void prepare(@TempDir Path fresh) throws IOException {
        directory = fresh;
        data = directory.resolve("data");
        log = directory.resolve("log");
        token = Files.writeString(directory.resolve("token"), TestServer.TOKEN + "\n");
    }

    private static void awaitTrue(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }

    private AgentProcess start(String... options) throws IOException {
        var all = new ArrayList<>(List.of("--data", data.toString()));
        all.addAll(List.of(options));
        return AgentProcess.start(log, all.toArray(String[]::new));
    }

    private static long count(AgentProcess agent, String words) throws IOException {
        return agent.said().stream().filter(line -> line.contains(words)).count();
    }

    @Test
    void holds_no_spring_no_axon_and_no_database() throws IOException {
        try (var jar = new JarFile(AgentProcess.jar().toFile())) {
            var names = jar.stream().map(entry -> entry.getName()).toList();
            assertThat(names).contains("dev/trailer/agent/main/Main.class");
            assertThat(names)
                    .noneMatch(name -> name.startsWith("org/springframework/")
                            || name.startsWith("org/axonframework/")
                            || name.startsWith("org/postgresql/")
                            || name.startsWith("io/netty/")
                            || name.startsWith("reactor/")
                            || name.contains("postgres"));
            assertThat(names.stream().filter(name -> name.startsWith("dev/trailer/")))
                    .allMatch(name -> name.startsWith("dev/trailer/agent/") || name.equals("dev/trailer/"));
        }
    }

    @Test
    void says_what_it_needs() throws Exception {
        try (var agent = start("--help")) {
            assertThat(agent.status()).isZero();
            assertThat(agent.said()).contains("Usage: java -jar trailer-agent.jar [option…]");
        }
        try (var agent = start()) {
            assertThat(agent.status()).isEqualTo(2);
            assertThat(agent.said()).contains("trailer: --server is needed at the first start (see --help)");
        }
        try (var agent = start("--server", "http://localhost:1")) {
            assertThat(agent.status()).isEqualTo(2);
            assertThat(agent.said())
                    .contains("trailer: --token-file is needed until the host is enrolled (see --help)");
        }
    }

    @Test
    void enrols_once_over_tls_and_needs_no_options_afterwards() throws Exception {
        var authority = TestAuthority.in(directory, "authority");
        try (var server = new TestServer("install", "host-1", authority.server("dns:localhost"))) {
            try (var agent = start(
                    "--server",
                    server.uri().toString(),
                    "--token-file",
                    token.toString(),
                    "--ca-file",
                    authority.pem().toString())) {
                awaitTrue(() -> !server.heartbeats().isEmpty());
                assertThat(agent.isAlive()).isTrue();
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(data.resolve("agent/credentials.json"))))
                    .isEqualTo("rw-------");
            Files.delete(token);
            try (var agent = start()) {
                awaitTrue(() -> server.epoch() == 2);
                assertThat(agent.isAlive()).isTrue();
            }
            assertThat(server.enrolments()).isEqualTo(1);
            assertThat(Files.readString(log)).doesNotContain(TestServer.TOKEN);
        }
    }

    @Test
    void without_the_authority_it_says_why_it_does_not_speak_to_the_server() throws Exception {
        var authority = TestAuthority.in(directory, "authority");
        try (var server = new TestServer("install", "host-1", authority.server("dns:localhost"));
                var agent = start("--server", server.uri().toString(), "--token-file", token.toString())) {
            awaitTrue(() -> count(agent, "signed by nobody that this host trusts; --ca-file adds") == 1);
            assertThat(server.enrolments()).isZero();
        }
    }

    @Test
    void tells_once_that_the_server_is_away_and_once_that_it_is_back() throws Exception {
        try (var server = new TestServer("install", "host-1", null);
                var agent = start("--server", server.uri().toString(), "--token-file", token.toString())) {
            awaitTrue(() -> !server.heartbeats().isEmpty());
            server.goAway();
            awaitTrue(() -> count(agent, "what runs here runs on, trying again") == 1);
            // Some tries more: they begin at a tenth of a second apart.
            int lines = agent.said().size();
            await().during(Duration.ofSeconds(5))
                    .atMost(PATIENCE)
                    .until(() -> agent.said().size() == lines);
            server.comeBack();
            awaitTrue(() -> count(agent, "the server answers again, after") == 1);
            assertThat(count(agent, "trying again")).isEqualTo(1);
            assertThat(server.epoch()).isEqualTo(1);
        }
    }
}
