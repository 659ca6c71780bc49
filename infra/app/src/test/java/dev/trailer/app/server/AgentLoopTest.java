package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.app.testing.Api;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import dev.trailer.app.testing.Together;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The server's side of an agent, from its enrolment to the removal of what it held. */
@ExtendWith(SharedServer.class)
class AgentLoopTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final HostFacts FACTS = FakeAgent.facts(64_000, 64L << 30, 0);
    private static final String TWO_VOLUMES =
            ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"},{\"name\":\"data\",\"mountPath\":\"/data\"}]";

    private final TestServer server;
    private final Api api;

    AgentLoopTest(TestServer server) {
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

    @Nested
    class Enrolment {
        @Test
        void repeated_with_the_same_secret_gets_the_same_answer_and_records_nothing_more() {
            var agent = FakeAgent.registered(server, "enrol-again", FACTS);
            var first = agent.enrolWith(agent.secret()).expect(200);
            long head = server.head();
            var again = agent.enrolWith(agent.secret()).expect(200);
            assertThat(again.body()).isEqualTo(first.body());
            assertThat(again.text("/hostName")).isEqualTo("enrol-again");
            assertThat(server.head()).isEqualTo(head);
        }

        @Test
        void with_a_token_that_was_used_with_another_secret_is_refused() {
            var agent = FakeAgent.registered(server, "enrol-other", FACTS);
            agent.enrol();
            var refused = agent.enrolWith("another").expect(401);
            assertThat(refused.text("/code")).isEqualTo("enrolment_refused");
            agent.openSession();
        }

        @Test
        void at_once_by_20_with_different_secrets_lets_one_in() {
            var agent = FakeAgent.registered(server, "enrol-race", FACTS);
            var replies = Together.times(20, i -> agent.enrolWith("secret-" + i));
            assertThat(replies).filteredOn(r -> r.status() == 200).hasSize(1);
            assertThat(replies).filteredOn(r -> r.status() == 401).hasSize(19);
        }

        @Test
        void with_a_token_that_nobody_gave_out_is_refused() {
            var refused =
                    new FakeAgent(server, "trle_made-up", FACTS).enrolWith("x").expect(401);
            assertThat(refused.text("/code")).isEqualTo("enrolment_refused");
        }

        @Test
        void of_a_removed_host_is_refused_and_so_is_its_agent() {
            var agent = online("enrol-removed");
            api.delete("/api/v1/hosts/" + agent.host()).expect(200);
            assertThat(agent.enrolWith(agent.secret()).status()).isEqualTo(401);
            assertThat(agent.tryOpenSession().status()).isEqualTo(401);
            assertThat(agent.tryBeat().status()).isEqualTo(401);
            assertThat(agent.tryPoll("").status()).isEqualTo(401);
        }
    }

    @Nested
    class Session {
        @Test
        void that_is_newer_supersedes_the_one_before() {
            var old = online("session-old");
            var beforehand = old.session();
            old.beat();
            old.openSession();
            assertThat(old.session().epoch()).isEqualTo(beforehand.epoch() + 1);
            var late = server.anonymous()
                    .as(beforehand.token())
                    .post(
                            "/agent/v1/heartbeat",
                            "{\"epoch\":" + beforehand.epoch() + ",\"sequence\":2,\"engineUp\":true}")
                    .expect(409);
            assertThat(late.text("/code")).isEqualTo("epoch_superseded");
            old.beat();
        }

        @Test
        void that_is_superseded_in_the_middle_of_a_long_poll_is_told_so_at_its_end() throws Exception {
            var agent = online("session-poll");
            var had = agent.whole();
            var token = agent.session().token();
            var poll = CompletableFuture.supplyAsync(() -> server.anonymous()
                    .as(token)
                    .get("/agent/v1/desired?after=" + had.revision() + "&timeline=" + encoded(had.timeline())
                            + "&waitMillis=1500"));
            Thread.sleep(200); // the poll must be waiting: there is no state of it to wait for
            agent.openSession();
            var answer = poll.get(10, TimeUnit.SECONDS).expect(409);
            assertThat(answer.text("/code")).isEqualTo("epoch_superseded");
        }

        @Test
        void needs_the_hosts_secret_and_a_token_of_its_own_for_the_rest() {
            var agent = online("session-secret");
            assertThat(server.anonymous().post("/agent/v1/session", "{}").status())
                    .isEqualTo(401);
            assertThat(server.anonymous()
                            .as("guessed")
                            .post("/agent/v1/session", "{}")
                            .status())
                    .isEqualTo(401);
            assertThat(server.anonymous()
                            .as(agent.secret())
                            .get("/agent/v1/desired")
                            .status())
                    .isEqualTo(401);
            assertThat(api.get("/agent/v1/desired").status())
                    .as("a person's token")
                    .isEqualTo(401);
        }

        @Test
        void grants_a_lease_that_ends_before_the_host_counts_as_lost() {
            var pace = online("session-pace").session().pace();
            assertThat(pace.heartbeatMillis()).isPositive();
            assertThat(pace.leaseMillis()).isPositive().isLessThan(3 * pace.heartbeatMillis());
        }
    }

    @Nested
    class DesiredPoll {
        @Test
        void wakes_within_a_second_of_a_create() throws Exception {
            var agent = online("poll-wakes");
            var had = agent.whole();
            var poll = CompletableFuture.supplyAsync(() -> {
                var state = agent.after(had, 20_000);
                return new Woken(state, System.nanoTime());
            });
            Thread.sleep(200); // the poll must be waiting: there is no state of it to wait for
            var id = create("poll-wakes", agent, "");
            long created = System.nanoTime();
            var woken = poll.get(10, TimeUnit.SECONDS);
            assertThat(Duration.ofNanos(woken.atNanos - created)).isLessThan(Duration.ofSeconds(1));
            assertThat(woken.state.whole()).isFalse();
            assertThat(woken.state.resources())
                    .singleElement()
                    .isInstanceOfSatisfying(DesiredResource.Workspace.class, w -> {
                        assertThat(w.id()).isEqualTo(id);
                        assertThat(w.power()).isEqualTo(Power.RUNNING);
                        assertThat(w.memoryBytes()).isEqualTo(Sent.SMALL_MEMORY_BYTES);
                        assertThat(w.cpuMillis()).isEqualTo(100);
                    });
        }

        private record Woken(DesiredState state, long atNanos) {}

        @Test
        void is_not_woken_by_what_changes_on_another_host() {
            var agent = online("poll-alone");
            var other = online("poll-other");
            var had = agent.whole();
            create("poll-other", other, "");
            server.awaitQuiet();
            var next = agent.after(had, 100);
            assertThat(next.resources()).isEmpty();
            assertThat(next.revision()).isEqualTo(had.revision());
        }

        @Test
        void answers_what_changed_and_no_more() {
            var agent = online("poll-delta");
            var first = create("delta-a", agent, "");
            var second = create("delta-b", agent, TWO_VOLUMES);
            server.awaitQuiet();
            var had = agent.whole();
            assertThat(had.whole()).isTrue();
            assertThat(had.resources()).hasSize(4);
            api.post(WORKSPACES + "/" + first + "/stop", null).expect(202);
            server.awaitQuiet();
            var next = agent.after(had, 0);
            assertThat(next.revision()).isGreaterThan(had.revision());
            assertThat(next.resources()).singleElement().isInstanceOfSatisfying(DesiredResource.Workspace.class, w -> {
                assertThat(w.id()).isEqualTo(first);
                assertThat(w.power()).isEqualTo(Power.STOPPED);
                assertThat(w.generation()).isEqualTo(2);
                assertThat(w.containerGeneration()).isEqualTo(1);
            });
            assertThat(agent.after(next, 0).resources()).isEmpty();
            assertThat(second).isNotEqualTo(first);
        }

        @Test
        void answers_the_whole_to_a_revision_or_timeline_that_it_does_not_know() {
            var agent = online("poll-whole");
            create("poll-whole", agent, "");
            server.awaitQuiet();
            var whole = agent.whole();
            assertThat(agent.after(new DesiredState("other", whole.revision(), true, List.of()), 0))
                    .isEqualTo(whole);
            var future = new DesiredState(whole.timeline(), whole.revision() + 1_000_000, true, List.of());
            assertThat(agent.after(future, 0)).isEqualTo(whole);
            assertThat(agent.tryPoll("?after=" + whole.revision())
                            .expect(200)
                            .json()
                            .at("/whole")
                            .asBoolean())
                    .as("a revision without its timeline")
                    .isTrue();
        }

        @Test
        void refuses_what_is_no_question() {
            var agent = online("poll-bad");
            for (var query : List.of("?after=x", "?waitMillis=50001", "?waitMillis=-1", "?after=1e400")) {
                assertThat(agent.tryPoll(query).status()).as(query).isEqualTo(400);
            }
        }

        @Test
        void tells_to_forget_what_is_gone_to_whoever_was_away_and_not_to_whoever_begins() {
            var agent = online("poll-forget");
            var id = create("poll-forget", agent, "");
            server.awaitQuiet();
            var had = agent.whole();
            api.delete(WORKSPACES + "/" + id).expect(202);
            server.awaitQuiet();
            agent.beat(FakeAgent.report(id, 2, Phase.GONE, null, null));
            server.awaitQuiet();
            assertThat(agent.after(had, 0).resources()).containsExactly(new DesiredResource.Forget(id));
            assertThat(agent.whole().resources()).isEmpty();
        }
    }

    @Nested
    class Reports {
        @Test
        void become_what_is_shown() {
            var agent = online("report-shown");
            var id = create("report-shown", agent, "");
            assertThat(workspace(id).text("/observed/phase")).isEqualTo("pending");
            agent.beat(FakeAgent.report(id, 1, Phase.RUNNING, null, "c1"));
            var shown = workspace(id);
            assertThat(shown.text("/observed/phase")).isEqualTo("running");
            assertThat(shown.text("/observed/container")).isEqualTo("c1");
            assertThat(shown.number("/generation"))
                    .as("what is observed is no intent")
                    .isEqualTo(1);
            assertThat(shown.number("/version")).isEqualTo(2);
        }

        @Test
        void that_stay_the_same_add_no_events() {
            var agent = online("report-same");
            var id = create("report-same", agent, TWO_VOLUMES);
            server.awaitQuiet();
            agent.converge();
            long head = server.head();
            for (int i = 0; i < 20; i++) {
                agent.converge();
            }
            agent.openSession();
            agent.converge();
            assertThat(server.head()).isEqualTo(head);
            assertThat(workspace(id).text("/observed/phase")).isEqualTo("running");
        }

        @Test
        void of_a_container_that_keeps_ending_add_one_event() {
            var agent = online("report-crash");
            var id = create("report-crash", agent, "");
            server.awaitQuiet();
            agent.converge();
            long head = server.head();
            for (int i = 0; i < 50; i++) {
                agent.beat(FakeAgent.report(id, 1, Phase.FAILED, new Cause.CrashLoop(1, false), "c1"));
            }
            assertThat(server.head()).isEqualTo(head + 1);
            assertThat(workspace(id).text("/observed/reason/code")).isEqualTo("crash_looping");
            assertThat(workspace(id).text("/observed/reason/params/exitCode")).isEqualTo("1");
        }

        @Test
        void on_another_hosts_workspace_or_volume_count_for_nothing() {
            var agent = online("report-own");
            var other = online("report-others");
            var id = create("report-own", agent, TWO_VOLUMES);
            var volume = workspace(id).text("/volumes/0/volume");
            api.delete(WORKSPACES + "/" + id + "?volumes=delete").expect(202);
            long head = server.head();
            other.beat(FakeAgent.report(id, 2, Phase.RUNNING, null, "stolen"));
            other.beat(FakeAgent.report(id, 2, Phase.GONE, null, null));
            other.report(new VolumeReport(volume, true));
            assertThat(server.head()).isEqualTo(head);
        }

        @Test
        void of_an_intent_that_is_overtaken_or_to_come_count_for_nothing() {
            var agent = online("report-old");
            var id = create("report-old", agent, "");
            api.post(WORKSPACES + "/" + id + "/stop", null).expect(202);
            agent.beat(FakeAgent.report(id, 2, Phase.STOPPED, null, "c1"));
            long head = server.head();
            agent.beat(FakeAgent.report(id, 1, Phase.RUNNING, null, "c1"));
            agent.beat(FakeAgent.report(id, 3, Phase.RUNNING, null, "c1"));
            assertThat(server.head()).isEqualTo(head);
            assertThat(workspace(id).text("/observed/phase")).isEqualTo("stopped");
        }

        @Test
        void that_arrive_late_are_ignored() {
            var agent = online("report-late");
            var id = create("report-late", agent, "");
            agent.beat();
            agent.beat(FakeAgent.report(id, 1, Phase.RUNNING, null, "c1"));
            long head = server.head();
            var late = FakeAgent.report(id, 1, Phase.PREPARING, null, null);
            agent.tryBeat(agent.session().epoch(), 1, List.of(late), List.of(), List.of())
                    .expect(200);
            assertThat(server.head()).isEqualTo(head);
        }

        @Test
        void keep_the_engines_words_out_of_the_history_but_show_them() {
            var agent = online("report-words");
            var id = create("report-words", agent, "");
            var failed = new Cause.StepFailed(
                    Step.PULL_IMAGE,
                    "0198c0de-0000-7000-8000-00000000000a",
                    "no route to https://user:secret@registry/v2");
            agent.beat(FakeAgent.report(id, 1, Phase.FAILED, failed, null));
            assertThat(workspace(id).text("/observed/reason/params/detail"))
                    .startsWith("no route to")
                    .doesNotContain("secret");
            var kept = server.sql()
                    .sql(
                            "select count(*) from ledger_event where position(convert_to('no route', 'UTF8') in payload) > 0")
                    .query(Long.class)
                    .single();
            assertThat(kept).isZero();
        }

        @Test
        void that_make_no_sense_are_left_out_and_the_rest_counts() {
            var agent = online("report-sense");
            var id = create("report-sense", agent, "");
            agent.beat(
                    FakeAgent.report("no-id", 1, Phase.RUNNING, null, null),
                    FakeAgent.report(id, 1, Phase.RUNNING, null, "c1\u0000"));
            assertThat(workspace(id).text("/observed/phase")).isEqualTo("running");
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
