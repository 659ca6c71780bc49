package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.gateway.Commands;
import dev.trailer.agent.gateway.GatewayWrite;
import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.host.HostCommand.LoseHost;
import dev.trailer.domain.host.HostId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of workspaces whose host falls silent. The watch would wait two minutes; its command is sent for it. */
@ExtendWith(SharedServer.class)
class LostHostTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final Instant LAST_SEEN = Instant.parse("2026-01-31T12:00:00Z");

    private final TestServer server;
    private final Api api;

    LostHostTest(TestServer server) {
        this.server = server;
        this.api = server.api();
    }

    private FakeAgent hostWithAWorkspace(String name) {
        var agent = FakeAgent.online(server, name, FakeAgent.facts(4_000, 4L << 30, 0));
        api.post(WORKSPACES, Sent.with(name, name, ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}]"))
                .expect(201);
        server.awaitQuiet();
        agent.converge();
        assertThat(workspace(name).text("/observed/phase")).isEqualTo("running");
        return agent;
    }

    private Reply workspace(String name) {
        var list = api.get(WORKSPACES + "?host=" + name, "Trailer-Position", Long.toString(server.head()))
                .expect(200);
        return api.get(WORKSPACES + "/" + list.text("/items/0/id")).expect(200);
    }

    private String stateOf(FakeAgent agent) {
        return api.get("/api/v1/hosts/" + agent.host(), "Trailer-Position", Long.toString(server.head()))
                .text("/state");
    }

    private void lose(FakeAgent agent) {
        var mark = new GatewayWrite(
                "update agent_session set online = false where host = ?", List.of(agent.host()), false);
        server.part(Commands.class)
                .send(Actor.system("host-watch"), new LoseHost(new HostId(agent.host()), LAST_SEEN), List.of(mark));
        // Its policy has seen it once all followers have; what the policy sent is beyond that again.
        server.awaitQuiet();
        server.awaitQuiet();
    }

    @Test
    void of_what_runs_on_a_lost_host_nothing_is_known_and_nothing_is_placed_anew() {
        var agent = hostWithAWorkspace("lost-unknown");
        lose(agent);
        assertThat(stateOf(agent)).isEqualTo("lost");
        var shown = workspace("lost-unknown");
        assertThat(shown.text("/observed/phase")).isEqualTo("unknown");
        assertThat(shown.text("/observed/reason/code")).isEqualTo("host_lost");
        assertThat(shown.text("/observed/reason/params/lastSeen")).isEqualTo(LAST_SEEN.toString());
        assertThat(shown.text("/desired")).isEqualTo("running");
        assertThat(shown.text("/host")).isEqualTo("lost-unknown");

        var facts = api.get("/api/v1/events?resource=" + shown.id() + "&actor=lost-host")
                .expect(200);
        var lost = api.get("/api/v1/events?resource=" + agent.host() + "&type=host.lost")
                .expect(200);
        assertThat(facts.text("/items/0/causationId")).isEqualTo(lost.text("/items/0/id"));
        assertThat(facts.text("/items/0/correlationId")).isEqualTo(lost.text("/items/0/correlationId"));
        assertThat(api.post(WORKSPACES, Sent.workspace("lost-more", "lost-unknown"))
                        .expect(409)
                        .text("/code"))
                .isEqualTo("host_not_ready");
    }

    @Test
    void the_next_heartbeat_of_the_same_agent_brings_everything_back() {
        var agent = hostWithAWorkspace("lost-beats");
        lose(agent);
        agent.converge();
        assertThat(stateOf(agent)).isEqualTo("online");
        assertThat(workspace("lost-beats").text("/observed/phase")).isEqualTo("running");
    }

    @Test
    void the_next_session_of_its_agent_brings_everything_back() {
        var agent = hostWithAWorkspace("lost-session");
        lose(agent);
        agent.openSession();
        assertThat(stateOf(agent)).isEqualTo("online");
        agent.converge();
        assertThat(workspace("lost-session").text("/observed/phase")).isEqualTo("running");
    }

    @Test
    void a_host_that_is_lost_twice_is_lost_once() {
        var agent = hostWithAWorkspace("lost-twice");
        lose(agent);
        long head = server.head();
        lose(agent);
        assertThat(server.head()).isEqualTo(head);
    }
}
