package dev.trailer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Must show 2, where server and agent are processes of their own: an agent may die at any time. */
@EndToEnd
@Order(4)
class AgentRestartTest {
    private static final String WRITTEN = "still here";

    private final Trailer server = Trailer.started("server", "server");
    private final Up agent = Up.onNewData();
    private Workspace workspace = new Workspace(server.api(), "none yet");

    AgentRestartTest() {
        // Maven may be interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(agent::stop));
    }

    @BeforeAll
    void an_agent_enrols_with_the_token_that_registering_its_host_gave() throws IOException {
        var host = server.api().post("/api/v1/hosts", "{\"name\":\"workbench\"}");
        var token = agent.data().resolveSibling("token");
        Files.writeString(token, host.path("enrolmentToken").asString());
        agent.inBackground("--mode", "agent", "--server", server.base().toString(), "--token-file", token.toString())
                .succeeded();
        online();
        var spec = Map.of(
                "name", "remote",
                "image", "base",
                "host", "workbench",
                "resources", Map.of("cpus", 0.25, "memoryBytes", 96L << 20),
                "volumes", List.of(Map.of("name", "work", "mountPath", "/data")));
        workspace = Workspace.create(server.api(), spec).awaitRunning();
        workspace.exec("sh", "-c", "echo '" + WRITTEN + "' > /data/file && sync");
    }

    @AfterAll
    void leave() {
        try (server) {
            agent.stop();
            agent.keepLog(Checkout.kept("logs"), "agent");
        }
        agent.forget();
    }

    private JsonNode host() {
        return server.api().items("/api/v1/hosts").getFirst();
    }

    private void online() {
        Workspace.await("host online", () -> assertThat(host().path("state").asString())
                .as(host().toString())
                .isEqualTo("online"));
    }

    /** Each start of an agent opens a session with the next epoch. */
    private void backWithEpoch(long epoch) {
        Workspace.await(
                "epoch " + epoch,
                () -> assertThat(host().path("agent").path("epoch").asLong()).isEqualTo(epoch));
        online();
    }

    private void kill() {
        var process = ProcessHandle.of(agent.pid()).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().join();
    }

    /** Without a token: that was good once. */
    private void startAgain() {
        agent.inBackground("--mode", "agent", "--server", server.base().toString())
                .succeeded();
    }

    @Test
    @Order(1)
    void a_container_runs_on_while_its_agent_is_killed_and_started_again() {
        var before = workspace.containerId();
        kill();
        assertThat(Engine.container(before).path("State").path("Running").asBoolean())
                .isTrue();
        startAgain();
        backWithEpoch(2);
        workspace.awaitRunning();
        assertThat(workspace.containerId()).isEqualTo(before);
        assertThat(workspace.exec("cat", "/data/file")).isEqualTo(WRITTEN);
    }

    @Test
    @Order(2)
    void what_was_asked_for_while_the_agent_was_dead_is_done_once_it_is_back() {
        var before = workspace.containerId();
        kill();
        workspace.patch("{\"resources\":{\"memoryBytes\":" + (128L << 20) + "}}");
        startAgain();
        workspace.awaitRunning();
        assertThat(workspace.containerId()).isNotEqualTo(before);
        assertThat(workspace.container().path("HostConfig").path("Memory").asLong())
                .isEqualTo(128L << 20);
        assertThat(workspace.exec("cat", "/data/file")).isEqualTo(WRITTEN);
    }

    @Test
    @Order(3)
    void a_container_runs_on_while_its_agent_is_stopped_and_started_again() {
        var before = workspace.containerId();
        agent.stop().succeeded();
        assertThat(Engine.container(before).path("State").path("Running").asBoolean())
                .isTrue();
        startAgain();
        backWithEpoch(4);
        workspace.ask("stop").awaitStopped().ask("start").awaitRunning();
        assertThat(workspace.containerId()).isEqualTo(before);
        assertThat(workspace.exec("cat", "/data/file")).isEqualTo(WRITTEN);
    }

    @Test
    @Order(4)
    void an_agent_remembers_its_server_as_the_help_of_infra_up_says() {
        agent.stop().succeeded();
        agent.inBackground("--mode", "agent").succeeded();
        backWithEpoch(5);
    }
}
