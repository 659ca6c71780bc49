package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a host's agent when its token is rotated; and what an agent names that nobody asked for. */
@ExtendWith(SharedServer.class)
class HostTokenTest {
    private final TestServer server;
    private final Api api;

    HostTokenTest(TestServer server) {
        this.server = server;
        this.api = server.api();
    }

    private FakeAgent host(String name) {
        return FakeAgent.online(server, name, FakeAgent.facts(1_000, 1L << 30, 0));
    }

    private Reply rotate(FakeAgent agent, String query) {
        return api.post("/api/v1/hosts/" + agent.host() + "/rotate-token" + query, null);
    }

    private FakeAgent withTokenOf(Reply rotated) {
        return new FakeAgent(server, rotated.text("/enrolmentToken"), FakeAgent.facts(1_000, 1L << 30, 0));
    }

    @Test
    void the_agent_that_has_the_host_goes_on_until_another_has_enrolled() {
        var before = host("rotate-late");
        var rotated = rotate(before, "").expect(200);
        assertThat(rotated.text("/enrolmentToken")).startsWith("trle_");
        assertThat(rotated.text("/enrolmentExpiresAt")).isNotEmpty();
        before.beat();
        before.openSession();
        before.beat();

        var next = withTokenOf(rotated);
        next.enrol();
        assertThat(next.host()).isEqualTo(before.host());
        assertThat(before.tryBeat().status()).isEqualTo(401);
        assertThat(before.tryOpenSession().status()).isEqualTo(401);
        next.openSession();
        next.beat();
        assertThat(next.session().epoch()).isEqualTo(3);
    }

    @Test
    void revoked_now_the_agent_is_refused_at_once_also_in_the_middle_of_a_poll() throws Exception {
        var agent = host("rotate-now");
        var had = agent.whole();
        var query = "?after=" + had.revision() + "&timeline=" + had.timeline() + "&waitMillis=3000";
        var polling = CompletableFuture.supplyAsync(() -> agent.tryPoll(query));
        var rotated = rotate(agent, "?revoke=now").expect(200);
        assertThat(agent.tryBeat().status()).isEqualTo(401);
        assertThat(agent.tryPoll("").status()).isEqualTo(401);
        assertThat(agent.tryOpenSession().status()).isEqualTo(401);
        assertThat(polling.get(30, TimeUnit.SECONDS).status()).isEqualTo(401);
        var next = withTokenOf(rotated);
        next.enrol();
        next.openSession();
        next.beat();
    }

    @Test
    void tokens_from_before_are_good_for_nothing_once_there_is_a_new_one() {
        var registered = FakeAgent.registered(server, "rotate-old", FakeAgent.facts(1_000, 1L << 30, 0));
        var host = api.get("/api/v1/hosts", "Trailer-Position", Long.toString(server.head()))
                .expect(200)
                .json()
                .path("items")
                .valueStream()
                .filter(each -> each.path("name").asString().equals("rotate-old"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
        var first = api.post("/api/v1/hosts/" + host + "/rotate-token", null).expect(200);
        var second = api.post("/api/v1/hosts/" + host + "/rotate-token", null).expect(200);
        assertThat(registered.enrolWith("a-secret").status()).isEqualTo(401);
        assertThat(withTokenOf(first).enrolWith("a-secret").status()).isEqualTo(401);
        withTokenOf(second).enrol();
    }

    @Test
    void who_rotated_is_on_record_and_the_token_is_not() {
        var agent = host("rotate-told");
        var rotated = rotate(agent, "?revoke=now").expect(200);
        var events = api.get(
                        "/api/v1/events?type=host.token-rotated&resource=" + agent.host(),
                        "Trailer-Position",
                        rotated.position())
                .expect(200);
        assertThat(events.text("/items/0/data/revoked")).isEqualTo("true");
        assertThat(events.text("/items/0/actor/name")).isEqualTo("admin");
        assertThat(events.body()).doesNotContain(rotated.text("/enrolmentToken"));
    }

    @Test
    void when_to_revoke_is_now_or_left_out() {
        var agent = host("rotate-bad");
        var refused = rotate(agent, "?revoke=later").expect(400);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("?revoke");
        assertThat(refused.text("/errors/0/message")).contains("now");
    }

    @Test
    void strays_that_an_agent_names_are_shown_until_it_names_others() {
        var agent = host("strays");
        assertThat(shown(agent).text("/strays")).isEmpty();
        agent.beatWithStrays(List.of("trailer-b", "trailer-a"));
        var shown = shown(agent);
        assertThat(shown.text("/strays/total")).isEqualTo("2");
        assertThat(shown.text("/strays/names/0")).isEqualTo("trailer-b");
        assertThat(shown.text("/strays/at")).isNotEmpty();
        agent.beatWithStrays(Collections.nCopies(1_000, "trailer-many"));
        assertThat(shown(agent).text("/strays/total")).isEqualTo("1000");
        assertThat(shown(agent).json().at("/strays/names").size()).isEqualTo(200);
        agent.beat();
        assertThat(shown(agent).text("/strays")).isEmpty();
    }

    private Reply shown(FakeAgent agent) {
        return api.get("/api/v1/hosts/" + agent.host()).expect(200);
    }
}
