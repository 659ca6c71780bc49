package dev.trailer.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/** One workspace, by the API and by the engine. */
record Workspace(Api api, String id) {
    /** A first start may build its image; a stop may wait out the container's grace. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    /** @param spec as it is sent */
    static Workspace create(Api api, Map<String, Object> spec) {
        var made = api.post("/api/v1/workspaces", Api.JSON.writeValueAsString(spec));
        return new Workspace(api, made.path("id").asString());
    }

    static Workspace named(Api api, String name) {
        var found = api.items("/api/v1/workspaces?q=" + name).stream()
                .filter(each -> each.path("name").asString().equals(name))
                .toList();
        assertThat(found).as("workspaces named " + name).hasSize(1);
        return new Workspace(api, found.getFirst().path("id").asString());
    }

    /** Waits for the state itself; the last look's failure tells what was missing. */
    static void await(String what, Runnable assertion) {
        Awaitility.await(what)
                .atMost(LIMIT)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(150))
                .untilAsserted(assertion::run);
    }

    private String path() {
        return "/api/v1/workspaces/" + id;
    }

    JsonNode read() {
        return api.get(path());
    }

    Workspace awaitRunning() {
        return await("running");
    }

    Workspace awaitStopped() {
        return await("stopped");
    }

    /** Until the host has reached what was asked last. */
    private Workspace await(String phase) {
        await("workspace " + id + " " + phase, () -> {
            var now = read();
            var observed = now.path("observed");
            assertThat(observed.path("phase").asString()).as(now.toString()).isEqualTo(phase);
            assertThat(observed.path("generation")).as(now.toString()).isEqualTo(now.path("generation"));
        });
        return this;
    }

    Workspace ask(String change) {
        api.post(path() + "/" + change, "");
        return this;
    }

    Workspace patch(String merge) {
        api.patch(path(), merge);
        return this;
    }

    /** Until it is gone: nobody knows it, and the engine has nothing of it. */
    void delete(String query) {
        api.delete(path() + query);
        await("workspace " + id + " gone", () -> {
            assertThat(api.ask("GET", path(), null).status()).isEqualTo(404);
            assertThat(Engine.containers(Engine.WORKSPACE, id)).isEmpty();
            assertThat(Engine.networks(Engine.WORKSPACE, id)).isEmpty();
        });
    }

    /** The containers that the engine has for it, ended ones too, newest first. */
    List<JsonNode> containers() {
        return Engine.containers(Engine.WORKSPACE, id);
    }

    /** Its one container, as {@code docker inspect} shows it. */
    JsonNode container() {
        var all = containers();
        assertThat(all).as("containers of workspace " + id).hasSize(1);
        return Engine.container(all.getFirst().path("Id").asString());
    }

    String containerId() {
        return container().path("Id").asString();
    }

    String exec(String... command) {
        return Engine.exec(containerId(), command);
    }
}
