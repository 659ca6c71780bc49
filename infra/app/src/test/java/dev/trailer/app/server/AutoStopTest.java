package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Workspaces that stop by themselves; their timers are made due in their table, which saves the wait. */
@ExtendWith(SharedServer.class)
class AutoStopTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final String HOST = "auto-stops";

    private final TestServer server;
    private final Api api;

    AutoStopTest(TestServer server) {
        this.server = server;
        this.api = server.api();
    }

    @BeforeEach
    void a_host_is_there() {
        var known = api.get("/api/v1/hosts?limit=200")
                .expect(200)
                .json()
                .at("/items")
                .valueStream();
        if (known.noneMatch(host -> host.get("name").asString().equals(HOST))) {
            FakeAgent.online(server, HOST, FakeAgent.facts(64_000, 64L << 30, 0));
        }
    }

    private String create(String name, String autoStop) {
        return api.post(WORKSPACES, Sent.with(name, HOST, ",\"autoStop\":\"" + autoStop + "\""))
                .expect(201)
                .id();
    }

    /** Generation and seconds after the workspace's latest start; empty if none is armed. */
    private List<String> timer(String id) {
        server.awaitQuiet();
        return server.sql().sql("""
                        select t.generation || ' ' || extract(epoch from t.due_at - max(e.recorded_at))::bigint
                        from auto_stop_timer t join ledger_event e on e.aggregate_id = t.workspace
                        where t.workspace = ? and t.due_at is not null and e.type in
                          ('workspace.created', 'workspace.start-requested', 'workspace.restart-requested')
                        group by t.generation, t.due_at""").param(id).query(String.class).list();
    }

    private void makeDue(String id) {
        server.awaitQuiet();
        assertThat(server.sql()
                        .sql("update auto_stop_timer set due_at = now() - interval '1 second' where workspace = ?")
                        .param(id)
                        .update())
                .isEqualTo(1);
    }

    private Reply read(String id) {
        return api.get(WORKSPACES + "/" + id, "Trailer-Position", Long.toString(server.head()));
    }

    private void awaitNoTimer(String id) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> timer(id).isEmpty());
    }

    @Test
    void a_timer_runs_from_each_start_and_from_nothing_else() {
        var id = create("timed", "PT1M");
        assertThat(timer(id)).containsExactly("1 60");
        api.patch(WORKSPACES + "/" + id, "{\"autoStop\":\"PT2H\"}").expect(200);
        assertThat(timer(id)).containsExactly("2 7200");
        api.patch(WORKSPACES + "/" + id, "{\"name\":\"renamed\"}").expect(200);
        assertThat(timer(id)).as("a change starts nothing").containsExactly("3 7200");
        api.post(WORKSPACES + "/" + id + "/stop", null).expect(202);
        assertThat(timer(id)).isEmpty();
        api.post(WORKSPACES + "/" + id + "/start", null).expect(202);
        assertThat(timer(id)).containsExactly("5 7200");
        api.patch(WORKSPACES + "/" + id, "{\"autoStop\":null}").expect(200);
        assertThat(timer(id)).isEmpty();
        assertThat(timer(create("untimed", "P365D"))).containsExactly("1 31536000");
    }

    @Test
    void a_workspace_whose_time_is_up_is_stopped_once_and_the_history_says_why() {
        var id = create("times-up", "PT1M");
        makeDue(id);
        awaitNoTimer(id);
        var stopped = read(id);
        assertThat(stopped.text("/desired")).isEqualTo("stopped");
        assertThat(stopped.number("/generation")).isEqualTo(2);
        var facts = api.get(
                        "/api/v1/events?resource=" + id + "&type=workspace.stop-requested",
                        "Trailer-Position",
                        Long.toString(server.head()))
                .expect(200);
        assertThat(facts.json().at("/items").size()).isEqualTo(1);
        assertThat(facts.text("/items/0/data/cause")).isEqualTo("auto-stop");
        assertThat(facts.text("/items/0/actor/kind")).isEqualTo("system");
        assertThat(facts.text("/items/0/actor/id")).isEqualTo("auto-stop");
        assertThat(server.sql()
                        .sql("select count(*) from capacity_placement where holder = ? and memory_bytes > 0")
                        .param(id)
                        .query(Long.class)
                        .single())
                .as("what it was promised is free again")
                .isZero();
    }

    @Test
    void a_timer_of_an_intent_that_was_overtaken_stops_nothing() {
        var id = create("overtaken", "PT1M");
        server.awaitQuiet();
        server.sql()
                .sql(
                        "update auto_stop_timer set generation = 0, due_at = now() - interval '1 second' where workspace = ?")
                .param(id)
                .update();
        awaitNoTimer(id);
        assertThat(read(id).text("/desired")).isEqualTo("running");
        assertThat(read(id).number("/generation")).isEqualTo(1);
        // The ledger knows nothing of this timer's end, and a rebuild would bring it back.
        api.delete(WORKSPACES + "/" + id).expect(202);
    }

    @Test
    void a_timer_of_what_was_deleted_is_gone() {
        var id = create("deleted-timer", "PT1M");
        api.delete(WORKSPACES + "/" + id).expect(202);
        assertThat(timer(id)).isEmpty();
    }
}
