package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.app.testing.Together;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a deleted workspace, and of volumes, which outlive it until somebody deletes them themselves. */
@ExtendWith(SharedServer.class)
class VolumeLifeTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final HostFacts FACTS = FakeAgent.facts(64_000, 64L << 30, 0);
    private static final String TWO_VOLUMES =
            ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"},{\"name\":\"data\",\"mountPath\":\"/data\"}]";

    private final TestServer server;
    private final Api api;

    VolumeLifeTest(TestServer server) {
        this.server = server;
        this.api = server.api();
    }

    private FakeAgent online(String host) {
        return FakeAgent.online(server, host, FACTS);
    }

    /** The workspace as read once everything that was written is seen. */
    private Reply workspace(String id) {
        return api.get(WORKSPACES + "/" + id, "Trailer-Position", Long.toString(server.head()));
    }

    private String create(String name, FakeAgent agent, String more) {
        return api.post(WORKSPACES, Sent.with(name, agent.hostName(), more))
                .expect(201)
                .id();
    }

    @Test
    void what_a_volume_takes_is_shown_once_its_host_has_measured_it() {
        var agent = online("volume-size");
        create("volume-size", agent, ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}]");
        var listed = api.get("/api/v1/volumes?host=volume-size", "Trailer-Position", Long.toString(server.head()));
        var volume = listed.text("/items/0/id");
        var path = "/api/v1/volumes/" + volume;
        assertThat(api.get(path).json().at("/sizeBytes").isNull()).isTrue();
        agent.report(new VolumeReport(volume, false).measured(123_456));
        assertThat(api.get(path).number("/sizeBytes")).isEqualTo(123_456);
        assertThat(api.get(path).text("/measuredAt")).isNotBlank();
        assertThat(api.get("/api/v1/volumes?host=volume-size").number("/items/0/sizeBytes"))
                .isEqualTo(123_456);
        agent.report(new VolumeReport(volume, false));
        assertThat(api.get(path).number("/sizeBytes")).isEqualTo(123_456);
        var stranger = online("volume-size-other");
        stranger.report(new VolumeReport(volume, false).measured(1));
        assertThat(api.get(path).number("/sizeBytes"))
                .as("another host has no say")
                .isEqualTo(123_456);
        assertThat(api.get("/api/v1/volumes/nothing").status()).isEqualTo(404);
    }

    @Nested
    class ADeletedWorkspace {
        @Test
        void frees_its_name_at_once_and_is_gone_once_its_host_says_so() {
            var agent = online("delete-name");
            var id = create("delete-name", agent, "");
            server.awaitQuiet();
            agent.converge();
            var deleted = api.delete(WORKSPACES + "/" + id).expect(202);
            assertThat(deleted.json().at("/deleting").asBoolean()).isTrue();
            var next = create("delete-name", agent, "");
            server.awaitQuiet();
            assertThat(agent.whole().resources())
                    .filteredOn(r -> r.id().equals(id))
                    .singleElement()
                    .isInstanceOfSatisfying(DesiredResource.Workspace.class, w -> assertThat(w.power())
                            .isEqualTo(Power.REMOVED));
            assertThat(workspace(id).status()).isEqualTo(200);
            agent.converge();
            assertThat(workspace(id).status()).isEqualTo(404);
            assertThat(workspace(next).text("/observed/phase")).isEqualTo("running");
            assertThat(api.post(WORKSPACES + "/" + id + "/start", null).status())
                    .isEqualTo(404);
        }

        @Test
        void cannot_be_operated_any_more() {
            var agent = online("delete-operate");
            var id = create("delete-operate", agent, "");
            api.delete(WORKSPACES + "/" + id).expect(202);
            for (var operation : List.of("start", "stop", "restart")) {
                var refused =
                        api.post(WORKSPACES + "/" + id + "/" + operation, null).expect(409);
                assertThat(refused.text("/code")).isEqualTo("being_deleted");
            }
            long head = server.head();
            api.delete(WORKSPACES + "/" + id).expect(202);
            assertThat(server.head()).as("deleted again").isEqualTo(head);
        }

        @Test
        void leaves_its_volumes_kept_and_a_new_workspace_can_take_them() {
            var agent = online("delete-kept");
            var id = create("delete-kept", agent, TWO_VOLUMES);
            var volume = workspace(id).text("/volumes/0/volume");
            assertThat(volumes("in-use", agent)).hasSize(2).contains(volume);
            api.delete(WORKSPACES + "/" + id).expect(202);
            server.awaitQuiet();
            agent.converge();
            assertThat(volumes("in-use", agent)).isEmpty();
            assertThat(volumes("kept", agent)).hasSize(2).contains(volume);
            var took = create(
                    "delete-takes",
                    agent,
                    ",\"volumes\":[{\"name\":\"old\",\"mountPath\":\"/old\",\"volume\":\"" + volume + "\"}]");
            assertThat(workspace(took).text("/volumes/0/volume")).isEqualTo(volume);
            assertThat(volumes("in-use", agent)).containsExactly(volume);
            var wanted = api.post(
                            WORKSPACES,
                            Sent.with(
                                    "delete-wants",
                                    agent.hostName(),
                                    ",\"volumes\":[{\"name\":\"old\",\"mountPath\":\"/old\",\"volume\":\"" + volume
                                            + "\"}]"))
                    .expect(409);
            assertThat(wanted.text("/code")).isEqualTo("volume_in_use");
        }

        @Test
        void takes_its_volumes_along_if_asked_to() {
            var agent = online("delete-along");
            var id = create("delete-along", agent, TWO_VOLUMES);
            api.delete(WORKSPACES + "/" + id + "?volumes=delete").expect(202);
            server.awaitQuiet();
            assertThat(volumes("deleting", agent)).hasSize(2);
            assertThat(agent.whole().resources())
                    .filteredOn(r -> r instanceof DesiredResource.Volume v && v.remove())
                    .hasSize(2);
            agent.converge();
            for (var state : List.of("deleting", "kept", "in-use")) {
                assertThat(volumes(state, agent)).isEmpty();
            }
            api.delete("/api/v1/hosts/" + agent.host()).expect(200);
        }

        @Test
        void keeps_its_host_from_being_removed_until_all_is_gone() {
            var agent = online("delete-host");
            var id = create("delete-host", agent, TWO_VOLUMES);
            api.delete(WORKSPACES + "/" + id).expect(202);
            assertThat(api.delete("/api/v1/hosts/" + agent.host()).expect(409).text("/code"))
                    .isEqualTo("host_in_use");
            server.awaitQuiet();
            agent.converge();
            assertThat(api.delete("/api/v1/hosts/" + agent.host()).expect(409).text("/code"))
                    .as("kept volumes are somebody's data")
                    .isEqualTo("host_in_use");
        }
    }

    @Nested
    class AVolume {
        @Test
        void in_use_cannot_be_deleted() {
            var agent = online("volume-used");
            var volume = workspace(create("volume-used", agent, TWO_VOLUMES)).text("/volumes/0/volume");
            var refused = api.delete("/api/v1/volumes/" + volume).expect(409);
            assertThat(refused.text("/code")).isEqualTo("volume_in_use");
        }

        @Test
        void that_a_change_leaves_out_is_kept_and_goes_only_when_it_is_deleted_itself() {
            var agent = online("volume-left");
            var id = create("volume-left", agent, TWO_VOLUMES);
            var volume = workspace(id).text("/volumes/1/volume");
            api.patch(WORKSPACES + "/" + id, "{\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}]}")
                    .expect(200);
            assertThat(volumes("kept", agent)).containsExactly(volume);
            api.delete("/api/v1/volumes/" + volume).expect(202);
            server.awaitQuiet();
            agent.report(new VolumeReport(volume, false));
            assertThat(volumes("deleting", agent)).containsExactly(volume);
            agent.report(new VolumeReport(volume, true));
            assertThat(volumes("deleting", agent)).isEmpty();
            assertThat(api.delete("/api/v1/volumes/" + volume).status()).isEqualTo(404);
        }

        @Test
        void wanted_by_20_new_workspaces_at_once_is_taken_by_one() {
            var agent = online("volume-race");
            var id = create("volume-race", agent, TWO_VOLUMES);
            var volume = workspace(id).text("/volumes/0/volume");
            api.delete(WORKSPACES + "/" + id).expect(202);
            var mount = ",\"volumes\":[{\"name\":\"old\",\"mountPath\":\"/old\",\"volume\":\"" + volume + "\"}]";
            var replies = Together.times(
                    20, i -> api.post(WORKSPACES, Sent.with("volume-race-" + i, agent.hostName(), mount)));
            assertThat(replies).filteredOn(r -> r.status() == 201).hasSize(1);
            assertThat(replies).filteredOn(r -> r.status() == 409).hasSize(19).allSatisfy(r -> assertThat(
                            r.text("/code"))
                    .isEqualTo("volume_in_use"));
        }
    }

    private Set<String> volumes(String state, FakeAgent agent) {
        var list = api.get(
                        "/api/v1/volumes?state=" + state + "&host=" + agent.hostName(),
                        "Trailer-Position",
                        Long.toString(server.head()))
                .expect(200);
        var ids = new HashSet<String>();
        list.json().at("/items").forEach(item -> ids.add(item.get("id").asString()));
        return ids;
    }
}
