package dev.trailer.e2e.agentfaults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.agentfaults.Rig.Host;
import dev.trailer.e2e.process.Answer;
import dev.trailer.e2e.process.Await;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One workspace with one volume at {@code /data}, by the API and by the engine. One thread. */
final class Workspace {
    private static final String LABEL = "dev.trailer.workspace";
    /** Numbered lines, enough for some blocks of any file system. */
    private static final int LINES = 20_000;

    private final Rig rig;
    private final Host host;
    private final String id;
    private final String volume;
    private String desired = "running";
    /** How many files were written, each with its sum beside it. */
    private int files;

    Workspace(Rig rig, Host host, String id, String volume) {
        this.rig = rig;
        this.host = host;
        this.id = id;
        this.volume = volume;
    }

    String id() {
        return id;
    }

    /** The volume's name on the engine. */
    String engineVolume() {
        return "trailer-" + volume;
    }

    String desired() {
        return desired;
    }

    // ---- asked of the server ----

    private String path() {
        return "/api/v1/workspaces/" + id;
    }

    Answer read() {
        return rig.get(path()).expect(200);
    }

    Workspace ask(String change) {
        rig.change("POST", path() + "/" + change, null).expect(202);
        desired = change.equals("stop") ? "stopped" : "running";
        return this;
    }

    /** A change that needs another container. */
    Workspace change(String value) {
        rig.change("PATCH", path(), "{\"env\":{\"CHANGED\":\"" + value + "\"}}").expect(200);
        return this;
    }

    void delete(boolean withVolumes) {
        rig.change("DELETE", path() + (withVolumes ? "?volumes=delete" : ""), null)
                .expect(202);
        desired = withVolumes ? "gone" : "kept";
    }

    boolean isThere() {
        return desired.equals("running") || desired.equals("stopped");
    }

    // ---- what has become of it ----

    /** What was asked last has been reached, as the server knows. */
    Workspace await() {
        Await.until("workspace " + id + " " + desired, Rig.PATIENCE, this::isReached);
        return this;
    }

    private boolean isReached() {
        if (!isThere()) {
            return rig.get(path()).status() == 404
                    && (desired.equals("kept") || volumes().isEmpty());
        }
        var now = read();
        return now.text("/observed/phase").equals(desired)
                && now.number("/observed/generation") == now.number("/generation");
    }

    List<JsonNode> containers() {
        return rig.engine().containers(LABEL, id);
    }

    private List<JsonNode> volumes() {
        return rig.engine().volumes(Rig.HOST, host.id()).stream()
                .filter(found -> found.path("Name").asString().equals(engineVolume()))
                .toList();
    }

    /** Exactly what is desired is on the engine: one container as it should be, one network, one volume; or none. */
    void assertExact() {
        var containers = containers();
        var networks = rig.engine().networks(LABEL, id);
        assertThat(containers).as("containers of " + this).hasSize(isThere() ? 1 : 0);
        assertThat(networks).as("networks of " + this).hasSize(isThere() ? 1 : 0);
        assertThat(volumes()).as("volumes of " + this).hasSize(desired.equals("gone") ? 0 : 1);
        if (isThere()) {
            assertThat(containers.getFirst().path("State").asString())
                    .as("container of " + this)
                    .isIn(desired.equals("running") ? List.of("running") : List.of("exited", "created"));
            assertThat(read().text("/observed/container"))
                    .as("what the server shows of " + this)
                    .isEqualTo(containers.getFirst().path("Id").asString());
        }
    }

    String container() {
        var all = containers();
        assertThat(all).as("containers of " + this).hasSize(1);
        return all.getFirst().path("Id").asString();
    }

    // ---- its data; only while it runs ----

    /** Another file of numbered lines, and what it should add up to. */
    void write() {
        int number = ++files;
        rig.engine().exec(container(), "sh", "-c", """
                        cd /data && seq %d %d > file-%d && sha256sum file-%d >> sums && sync""".formatted(number, number + LINES, number, number));
    }

    /** All that was ever written is there, byte for byte. */
    void assertNothingLost() {
        if (files > 0) {
            var said = rig.engine().exec(container(), "sh", "-c", "cd /data && sha256sum -c sums | grep -c OK");
            assertThat(said).as("whole files of " + this).isEqualTo(Integer.toString(files));
        }
    }

    @Override
    public String toString() {
        return "workspace " + id + ", desired " + desired;
    }
}
