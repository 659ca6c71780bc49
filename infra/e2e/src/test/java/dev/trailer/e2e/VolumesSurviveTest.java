package dev.trailer.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Must show 2: what is in a volume outlives everything but an explicit wish that it should not. */
@EndToEnd
@Order(2)
class VolumesSurviveTest {
    private static final String WRITTEN = "what I worked on all day";
    private static final long MEBIBYTE = 1L << 20;

    private final Trailer trailer;
    private final Api api;
    private Workspace workspace;
    private String volume = "";
    private Optional<Workspace> taker = Optional.empty();

    VolumesSurviveTest(Trailer trailer) {
        this.trailer = trailer;
        api = trailer.api();
        workspace = new Workspace(api, "none yet");
    }

    @BeforeAll
    void a_file_is_written_into_a_volume() {
        defineImage("plain", "FROM trailer/base\nUSER root\nRUN echo 1 > /etc/plain\nUSER dev\n");
        workspace = Workspace.create(api, spec("keeper", "plain", Map.of("name", "work", "mountPath", "/data")))
                .awaitRunning();
        volume = workspace.read().path("volumes").path(0).path("volume").asString();
        workspace.exec("sh", "-c", "echo '" + WRITTEN + "' > /data/file && sync");
    }

    private void defineImage(String name, String dockerfile) {
        var image = Map.of("name", name, "dockerfile", dockerfile);
        api.post("/api/v1/images", Api.JSON.writeValueAsString(image));
    }

    private static Map<String, Object> spec(String name, String image, Map<String, String> volume) {
        return Map.of(
                "name",
                name,
                "image",
                image,
                "resources",
                Map.of("cpus", 0.25, "memoryBytes", 96 * MEBIBYTE),
                "volumes",
                List.of(volume));
    }

    private void fileIsThere() {
        assertThat(workspace.exec("cat", "/data/file")).isEqualTo(WRITTEN);
    }

    /** The volume as the API lists it. */
    private JsonNode listed(String id) {
        return api.items("/api/v1/volumes").stream()
                .filter(each -> each.path("id").asString().equals(id))
                .findFirst()
                .orElse(MissingNode.getInstance());
    }

    @Test
    @Order(1)
    void a_file_survives_a_stop_and_a_start() {
        workspace.ask("stop").awaitStopped();
        assertThat(workspace.container().path("State").path("Running").asBoolean())
                .isFalse();
        workspace.ask("start").awaitRunning();
        fileIsThere();
    }

    @Test
    @Order(2)
    void a_file_survives_a_restart_on_a_new_version_of_the_image() {
        var before = workspace.containerId();
        var image = workspace.read().path("imageId").asString();
        api.patch(
                "/api/v1/images/" + image,
                Api.JSON.writeValueAsString(
                        Map.of("dockerfile", "FROM trailer/base\nUSER root\nRUN echo 2 > /etc/plain\nUSER dev\n")));
        assertThat(workspace.exec("cat", "/etc/plain"))
                .as("what runs is left alone")
                .isEqualTo("1");
        workspace.ask("restart").awaitRunning();
        assertThat(workspace.exec("cat", "/etc/plain")).isEqualTo("2");
        assertThat(workspace.containerId()).isNotEqualTo(before);
        fileIsThere();
    }

    @Test
    @Order(3)
    void a_file_survives_another_image() {
        defineImage("fancy", "FROM trailer/base\nUSER root\nRUN touch /etc/fancy\nUSER dev\n");
        workspace.patch("{\"image\":\"fancy\"}").awaitRunning();
        workspace.exec("test", "-f", "/etc/fancy", "-a", "!", "-e", "/etc/plain");
        fileIsThere();
    }

    @Test
    @Order(4)
    void a_file_survives_a_new_container_with_more_memory() {
        var before = workspace.containerId();
        workspace
                .patch("{\"resources\":{\"memoryBytes\":" + 160 * MEBIBYTE + "}}")
                .awaitRunning();
        assertThat(workspace.container().path("HostConfig").path("Memory").asLong())
                .isEqualTo(160 * MEBIBYTE);
        assertThat(workspace.containerId()).isNotEqualTo(before);
        fileIsThere();
    }

    @Test
    @Order(5)
    void a_container_runs_on_while_the_server_and_its_agent_are_restarted() {
        var before = workspace.container();
        trailer.stop();
        var meanwhile = Engine.container(before.path("Id").asString());
        assertThat(meanwhile.path("State").path("Running").asBoolean()).isTrue();
        trailer.start();
        workspace.awaitRunning();
        var after = workspace.container();
        assertThat(after.path("Id")).isEqualTo(before.path("Id"));
        assertThat(after.path("State").path("StartedAt"))
                .isEqualTo(before.path("State").path("StartedAt"));
        fileIsThere();
        assertThat(workspace.ask("restart").awaitRunning().exec("cat", "/data/file"))
                .as("the new agent acts")
                .isEqualTo(WRITTEN);
    }

    @Test
    @Order(6)
    void a_deleted_workspace_leaves_nothing_but_its_volume_which_is_listed_as_kept() {
        workspace.delete("");
        assertThat(listed(volume).path("state").asString()).isEqualTo("kept");
        assertThat(listed(volume).path("name").asString()).isEqualTo("work");
        assertThat(listed(volume).path("workspaceId").isNull()).isTrue();
        assertThat(Engine.hasVolume("trailer-" + volume)).isTrue();
    }

    @Test
    @Order(7)
    void a_new_workspace_takes_the_kept_volume_with_the_file_in_it() {
        assumeTrue(listed(volume).path("state").asString().equals("kept"), "no volume was kept");
        var mount = Map.of("name", "work", "mountPath", "/data", "volume", volume);
        workspace = Workspace.create(api, spec("taker", "base", mount)).awaitRunning();
        taker = Optional.of(workspace);
        fileIsThere();
        assertThat(listed(volume).path("state").asString()).isEqualTo("in-use");
        assertThat(listed(volume).path("workspaceId").asString()).isEqualTo(workspace.id());
    }

    @Test
    @Order(8)
    void a_volume_goes_with_its_workspace_only_if_that_is_asked_for() {
        assumeTrue(taker.isPresent(), "no workspace took the volume");
        taker.orElseThrow().delete("?volumes=delete");
        Workspace.await("volume gone", () -> {
            assertThat(listed(volume).isMissingNode()).isTrue();
            assertThat(Engine.hasVolume("trailer-" + volume)).isFalse();
        });
    }

    @Test
    @Order(9)
    void a_kept_volume_is_deleted_by_itself() {
        var shortLived = Workspace.create(api, spec("short", "base", Map.of("name", "left", "mountPath", "/data")))
                .awaitRunning();
        var left = shortLived.read().path("volumes").path(0).path("volume").asString();
        assertThat(api.ask("DELETE", "/api/v1/volumes/" + left, null).status())
                .as("while it is in use")
                .isEqualTo(409);
        shortLived.delete("");
        assertThat(Engine.hasVolume("trailer-" + left)).isTrue();
        api.delete("/api/v1/volumes/" + left);
        Workspace.await("volume gone", () -> {
            assertThat(listed(left).isMissingNode()).isTrue();
            assertThat(Engine.hasVolume("trailer-" + left)).isFalse();
        });
    }
}
