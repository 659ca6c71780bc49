package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.SteppedClock;
import dev.trailer.app.testing.TestServer;
import dev.trailer.ledger.audit.Checkpointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server's own clock is set an hour on, back, and an hour back, while it works. In place of the shared server, since a
 * history that has been to the future stays there.
 */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockStepTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final String HOST = "clock-host";
    private static final List<Duration> STEPS =
            List.of(Duration.ofHours(1), Duration.ZERO, Duration.ofHours(-1), Duration.ZERO);

    private final TestServer shared;
    private final SteppedClock clock = new SteppedClock();
    private final TestServer server;
    private final FakeAgent agent;

    ClockStepTest(TestServer shared, @TempDir Path data) {
        this.shared = shared;
        shared.close();
        server = TestServer.start(data.resolve("server"), clock);
        agent = FakeAgent.online(server, HOST, FakeAgent.facts(64_000, 64L << 30, 0));
    }

    @AfterAll
    void the_shared_server_goes_on() {
        server.close();
        shared.start();
    }

    @AfterEach
    void the_clock_is_right_again() {
        clock.set(Duration.ZERO);
    }

    private String create(String name, String more) {
        return server.api()
                .post(WORKSPACES, Sent.with(name, HOST, more))
                .expect(201)
                .id();
    }

    private String desired(String id) {
        return server.api()
                .get(WORKSPACES + "/" + id, "Trailer-Position", Long.toString(server.head()))
                .text("/desired");
    }

    private void isWhole() {
        var verdict = server.api().get("/api/v1/audit/verify").expect(200);
        assertThat(verdict.text("/whole")).as(verdict.body()).isEqualTo("true");
    }

    @Test
    void what_is_recorded_keeps_its_order_and_its_times_never_go_back() {
        var id = create("ordered", "");
        for (var step : STEPS) {
            clock.set(step);
            for (var change : List.of("stop", "start")) {
                server.api().post(WORKSPACES + "/" + id + "/" + change, null).expect(202);
            }
        }
        assertThat(server.sql()
                        .sql("select count(*) from ledger_event")
                        .query(Long.class)
                        .single())
                .isEqualTo(server.head());
        assertThat(server.sql().sql("""
                        select count(*) from (select recorded_at < lag(recorded_at) over (order by position) as back
                          from ledger_event) rows where back""").query(Long.class).single()).isZero();
        assertThat(server.sql().sql("""
                        select count(*) from (select sequence, row_number() over
                          (partition by aggregate_id order by position) - 1 as nth from ledger_event) rows
                        where sequence <> nth""").query(Long.class).single()).isZero();
        var facts = server.api()
                .get("/api/v1/events?resource=" + id, "Trailer-Position", Long.toString(server.head()))
                .expect(200);
        assertThat(facts.json().at("/items").size()).isEqualTo(1 + 2 * STEPS.size());
        isWhole();
    }

    @Test
    void an_agent_keeps_its_lease_and_its_host_and_another_may_come() {
        for (var step : STEPS) {
            clock.set(step);
            var beat = agent.beat();
            assertThat(beat.pace().leaseMillis()).isPositive();
            agent.whole();
            // By these two, and by no server's clock, a host is judged to be lost.
            var silence = server.sql()
                    .sql("""
                            select extract(epoch from clock_timestamp() - last_seen_at) from agent_session
                            where host = ?""")
                    .param(agent.host())
                    .query(Double.class)
                    .single();
            assertThat(silence).isBetween(0.0, 10.0);
            assertThat(server.api()
                            .get("/api/v1/hosts/" + agent.host())
                            .expect(200)
                            .text("/state"))
                    .isEqualTo("online");
            assertThat(server.anonymous().get("/readyz").status()).isEqualTo(200);
        }
        // Its token is good for 24 hours.
        var late = FakeAgent.registered(server, "clock-late", FakeAgent.facts(1_000, 1L << 30, 0));
        clock.set(Duration.ofHours(1));
        late.enrol();
        late.openSession();
        late.beat();
    }

    @Test
    void a_timer_goes_off_neither_early_nor_late() {
        var half = create("half-an-hour", ",\"autoStop\":\"PT30M\"");
        server.awaitQuiet();
        clock.set(Duration.ofHours(1));
        stopsOneThatIsDue("due-ahead");
        assertThat(desired(half))
                .as("an hour ahead, half an hour has not gone by")
                .isEqualTo("running");

        var during = create("set-ahead", ",\"autoStop\":\"PT2H\"");
        assertThat(leftOf(during)).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));

        clock.set(Duration.ZERO);
        stopsOneThatIsDue("due-again");
        // What is recorded now is dated an hour ahead, until that hour has gone by.
        var frozen = create("set-after", ",\"autoStop\":\"PT2H\"");
        assertThat(leftOf(frozen)).isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));
        assertThat(leftOf(during)).isBetween(Duration.ofMinutes(118), Duration.ofMinutes(120));

        clock.set(Duration.ofHours(-1));
        stopsOneThatIsDue("due-behind");
        assertThat(leftOf(create("set-behind", ",\"autoStop\":\"PT2H\"")))
                .isBetween(Duration.ofMinutes(119), Duration.ofMinutes(120));
        assertThat(desired(half)).isEqualTo("running");
    }

    private Duration leftOf(String id) {
        server.awaitQuiet();
        return Duration.ofSeconds(server.sql()
                .sql(
                        "select extract(epoch from due_at - clock_timestamp())::bigint from auto_stop_timer where workspace = ?")
                .param(id)
                .query(Long.class)
                .single());
    }

    /** Twice, so that whatever else counts as due has had its turn. */
    private void stopsOneThatIsDue(String name) {
        for (int i = 0; i < 2; i++) {
            var id = create(name + "-" + i, ",\"autoStop\":\"PT1M\"");
            server.awaitQuiet();
            server.sql()
                    .sql(
                            "update auto_stop_timer set due_at = clock_timestamp() - interval '1 second' where workspace = ?")
                    .param(id)
                    .update();
            await().atMost(Duration.ofSeconds(10)).until(() -> desired(id).equals("stopped"));
        }
    }

    @Test
    void who_is_signed_in_stays_so_and_a_link_ends_no_later_than_its_time_by_the_clock() {
        var link = server.server().firstStart().newSignInLink();
        var signedIn = server.anonymous()
                .post("/api/v1/session", "{\"link\":\"" + link + "\"}")
                .expect(204);
        var set = Objects.requireNonNull(signedIn.header("Set-Cookie"));
        var cookie = set.substring(0, set.indexOf(';'));
        for (var step : STEPS) {
            clock.set(step);
            server.anonymous().get("/api/v1/me", "Cookie", cookie).expect(200);
            server.api().get("/api/v1/me").expect(200);
        }
        var unused = server.server().firstStart().newSignInLink();
        clock.set(Duration.ofHours(1));
        server.anonymous()
                .post("/api/v1/session", "{\"link\":\"" + unused + "\"}")
                .expect(401);
    }

    @Test
    void a_request_that_is_sent_again_gets_its_answer_and_does_nothing_again() {
        var first = once("before");
        for (var step : STEPS) {
            clock.set(step);
            long head = server.head();
            assertThat(once("before").body()).isEqualTo(first.body());
            assertThat(server.head()).isEqualTo(head);
            var name = "kept-" + head;
            var during = once(name);
            clock.set(Duration.ZERO);
            assertThat(once(name).body()).isEqualTo(during.body());
        }
    }

    private Reply once(String name) {
        return server.api()
                .post(WORKSPACES, Sent.stopped(name, HOST), "Idempotency-Key", "clock-" + name)
                .expect(201);
    }

    @Test
    void checkpoints_attest_every_step_and_their_times_never_go_back() throws IOException {
        var checkpointer = server.part(Checkpointer.class);
        for (var step : STEPS) {
            clock.set(step);
            create("attested-" + server.head(), ",\"desired\":\"stopped\"");
            checkpointer.write();
            assertThat(checkpointer.trouble()).isNull();
            assertThat(checkpointer.position()).isEqualTo(server.head());
        }
        var times = new ArrayList<Instant>();
        for (var line : Files.readAllLines(server.data().resolve("checkpoints.ndjson"))) {
            times.add(Instant.parse(Reply.JSON.readTree(line).at("/writtenAt").asString()));
        }
        assertThat(times).hasSizeGreaterThanOrEqualTo(STEPS.size()).isSorted();
        isWhole();
    }
}
