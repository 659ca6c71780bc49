package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.gateway.attempts.AttemptUpkeep;
import dev.trailer.agent.gateway.upkeep.Upkeep;
import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.Attempt.Outcome;
import dev.trailer.agent.protocol.Attempt.Progress;
import dev.trailer.agent.protocol.Attempt.Taken;
import dev.trailer.agent.protocol.AttemptReport.Output;
import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.Step;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Lines;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From what an agent did, and what the engine said meanwhile, to what people read of it. */
@ExtendWith(SharedServer.class)
class AttemptsTest {
    private final TestServer server;

    AttemptsTest(TestServer server) {
        this.server = server;
    }

    private FakeAgent online(String host) {
        return FakeAgent.online(server, host, FakeAgent.facts(8_000, 8L << 30, 0));
    }

    private String workspaceOn(FakeAgent agent) {
        var id = server.api()
                .post("/api/v1/workspaces", Sent.workspace(agent.hostName(), agent.hostName()))
                .expect(201)
                .id();
        server.awaitQuiet();
        return id;
    }

    private static Attempt attempt(String id, String subject, long ago, long change, Taken... steps) {
        var outcome = steps[steps.length - 1].outcome();
        return new Attempt(id, subject, 1, ago, change, outcome, List.of(steps));
    }

    private static Taken step(Step step, Outcome outcome, @Nullable String error) {
        return new Taken(step, 10, 250, outcome, null, error, List.of());
    }

    private static Taken building(int done) {
        return new Taken(Step.BUILD_IMAGE, 0, 100, Outcome.WORKING, new Progress(done, 7, "RUN make"), null, List.of());
    }

    private static String uuid() {
        return UUID.randomUUID().toString();
    }

    private Reply attempts(String workspace, String query) {
        return server.api()
                .get("/api/v1/workspaces/" + workspace + "/attempts" + query)
                .expect(200);
    }

    /** The id of {@code base}, and what agents call work on its only version. */
    private String base() {
        var images = server.api().get("/api/v1/images").expect(200).json().at("/items");
        for (var image : images) {
            if (image.at("/name").asString().equals("base")) {
                return image.at("/id").asString();
            }
        }
        throw new AssertionError("no base in " + images);
    }

    private String work(String image) {
        return "image:" + image + "/1";
    }

    @Test
    void what_was_done_for_a_workspace_is_read_step_by_step_with_the_work_on_its_image() {
        var agent = online("attempts-read");
        var workspace = workspaceOn(agent);
        var made = uuid();
        agent.tell(List.of(
                attempt(uuid(), work(base()), 1, 2, building(2)),
                attempt(
                        made,
                        workspace,
                        0,
                        4,
                        step(Step.CREATE_NETWORK, Outcome.DONE, null),
                        step(Step.CREATE_CONTAINER, Outcome.FAILED, "no space at https://joe:secret@host/x"))));
        var read = attempts(workspace, "");
        assertThat(read.json().at("/items")).hasSize(2);
        assertThat(read.text("/items/0/id")).isEqualTo(made);
        assertThat(read.text("/items/0/state")).isEqualTo("failed");
        assertThat(read.text("/items/0/steps/0/step")).isEqualTo("create-network");
        assertThat(read.number("/items/0/steps/0/durationMillis")).isEqualTo(250);
        assertThat(read.text("/items/0/steps/1/error")).isEqualTo("no space at https://***@host/x");
        assertThat(Instant.parse(read.text("/items/0/endedAt")))
                .isAfterOrEqualTo(Instant.parse(read.text("/items/0/startedAt")));
        assertThat(read.text("/items/1/image")).isEqualTo("base:1");
        assertThat(read.text("/items/1/state")).isEqualTo("working");
        assertThat(read.number("/items/1/steps/0/progress/done")).isEqualTo(2);
        assertThat(read.number("/items/1/steps/0/durationMillis")).isGreaterThanOrEqualTo(100);
    }

    @Test
    void an_attempt_told_twice_or_late_is_one_attempt_as_it_was_last() {
        var agent = online("attempts-twice");
        var workspace = workspaceOn(agent);
        var id = uuid();
        var early = attempt(id, workspace, 0, 1, step(Step.START_CONTAINER, Outcome.WORKING, null));
        var late = attempt(id, workspace, 5, 2, step(Step.START_CONTAINER, Outcome.DONE, null));
        agent.tell(List.of(early));
        agent.tell(List.of(late));
        agent.tell(List.of(late));
        agent.tell(List.of(early));
        var read = attempts(workspace, "");
        assertThat(read.json().at("/items")).hasSize(1);
        assertThat(read.text("/items/0/state")).isEqualTo("done");
    }

    @Test
    void they_are_read_page_by_page() {
        var agent = online("attempts-pages");
        var workspace = workspaceOn(agent);
        for (int i = 0; i < 5; i++) {
            agent.tell(List.of(attempt(uuid(), workspace, 0, 1, step(Step.START_CONTAINER, Outcome.DONE, null))));
        }
        var first = attempts(workspace, "?limit=3");
        assertThat(first.json().at("/items")).hasSize(3);
        var second = attempts(workspace, "?limit=3&cursor=" + first.text("/next"));
        assertThat(second.json().at("/items")).hasSize(2);
        assertThat(second.text("/next")).isEmpty();
        assertThat(server.api()
                        .get("/api/v1/workspaces/" + workspace + "/attempts?limit=0")
                        .expect(400)
                        .text("/code"))
                .isEqualTo("invalid");
    }

    @Test
    void of_one_workspace_only_the_latest_are_kept() {
        var agent = online("attempts-many");
        var workspace = workspaceOn(agent);
        for (int i = 0; i < 11; i++) {
            agent.tell(IntStream.range(0, 20)
                    .mapToObj(_ -> attempt(uuid(), workspace, 0, 1, step(Step.START_CONTAINER, Outcome.DONE, null)))
                    .toList());
        }
        assertThat(attempts(workspace, "?limit=200").json().at("/items")).hasSize(200);
        assertThat(attempts(workspace, "?limit=200").text("/next")).isEmpty();
    }

    @Test
    void what_is_not_on_the_host_is_none_of_its_business() {
        var agent = online("attempts-mine");
        var other = online("attempts-yours");
        var workspace = workspaceOn(agent);
        other.tell(
                List.of(attempt(uuid(), workspace, 0, 1, step(Step.START_CONTAINER, Outcome.DONE, null))),
                new Output(uuid(), 1, List.of("to nobody")));
        other.tell(List.of(attempt(uuid(), work(base()), 0, 1, building(1))));
        assertThat(attempts(workspace, "").json().at("/items")).isEmpty();
    }

    @Test
    void what_an_ended_process_was_doing_is_lost_and_it_can_tell_no_more() {
        var agent = online("attempts-lost");
        var workspace = workspaceOn(agent);
        agent.tell(List.of(attempt(uuid(), workspace, 0, 1, step(Step.START_CONTAINER, Outcome.WORKING, null))));
        long epoch = agent.session().epoch();
        agent.openSession();
        assertThat(attempts(workspace, "").text("/items/0/state")).isEqualTo("lost");
        assertThat(agent.tryTell(epoch, List.of()).expect(409).text("/code")).isEqualTo("epoch_superseded");
    }

    @Test
    void a_build_is_followed_line_by_line_until_it_ends_and_no_line_is_doubled() {
        var agent = online("attempts-log");
        var image = base();
        server.api()
                .post("/api/v1/images/" + image + "/builds", "{\"host\":\"attempts-log\"}")
                .expect(202);
        server.awaitQuiet();
        int number = server.api()
                .get("/api/v1/images/" + image)
                .expect(200)
                .json()
                .at("/builds/0/build")
                .asInt();
        var path = "/api/v1/images/" + image + "/builds/" + number + "/log";
        var id = uuid();
        agent.tell(List.of(attempt(id, work(image), 0, 1, building(1))), new Output(id, 1, List.of("one", "two")));
        try (var plain = Lines.follow(server.api(), path);
                var events = Lines.follow(server.api(), path, "Accept", "text/event-stream")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> plain.seen().contains("two"));
            await().atMost(Duration.ofSeconds(20)).until(() -> events.seen().contains("data: two"));
            assertThat(plain.ended()).isFalse();
            // The answer was lost: told again, with one more.
            agent.tell(List.of(), new Output(id, 1, List.of("one", "two", "three")));
            await().atMost(Duration.ofSeconds(20)).until(() -> plain.seen().contains("three"));
            agent.tell(
                    List.of(attempt(id, work(image), 0, 2, step(Step.BUILD_IMAGE, Outcome.DONE, null))),
                    new Output(id, 4, List.of("four")));
            agent.report(new BuildReport(image, number, BuildReport.State.SUCCEEDED, "sha256:x", 1, null));
            await().atMost(Duration.ofSeconds(30)).until(() -> plain.ended() && events.ended());
            assertThat(plain.seen()).containsExactly("=== base:1 ===", "one", "two", "three", "four");
            assertThat(events.seen()).contains("event: part", "data: base:1", "id: " + id + "/4", "event: end");
        }
        var rest = server.api()
                .get(path, "Accept", "text/event-stream", "Last-Event-ID", id + "/3")
                .expect(200);
        assertThat(rest.body()).contains("data: four").doesNotContain("data: three");
        var gone = server.api()
                .get(path, "Accept", "text/event-stream", "Last-Event-ID", uuid() + "/3")
                .expect(200);
        assertThat(gone.body()).contains("event: reset").contains("data: one");
        assertThat(server.api().get(path, "Last-Event-ID", "what").expect(400).text("/code"))
                .isEqualTo("invalid");
    }

    @Test
    void a_cancelled_build_is_over_for_everybody() {
        var agent = online("attempts-cancel");
        var image = base();
        var path = "/api/v1/images/" + image + "/builds";
        var asked = server.api()
                .post(path, "{\"host\":\"attempts-cancel\",\"noCache\":true}")
                .expect(202);
        var read = server.api()
                .get("/api/v1/images/" + image, "Trailer-Position", asked.position())
                .expect(200);
        long number = read.number("/builds/0/build");
        assertThat(read.json().at("/builds/0/noCache").asBoolean()).isTrue();
        server.awaitQuiet();
        var id = image + "/" + number;
        assertThat(agent.whole().resources()).anySatisfy(resource -> assertThat(resource)
                .isInstanceOfSatisfying(DesiredResource.Build.class, build -> {
                    assertThat(build.id()).isEqualTo(id);
                    assertThat(build.noCache()).isTrue();
                }));
        var cancelled = server.api().post(path + "/" + number + "/cancel", null).expect(200);
        assertThat(server.api()
                        .get("/api/v1/images/" + image, "Trailer-Position", cancelled.position())
                        .text("/builds/0/state"))
                .isEqualTo("cancelled");
        server.awaitQuiet();
        assertThat(agent.whole().resources())
                .noneMatch(resource -> resource.id().equals(id));
        agent.report(new BuildReport(image, (int) number, BuildReport.State.SUCCEEDED, "sha256:x", 1, null));
        server.awaitQuiet();
        assertThat(server.api().get("/api/v1/images/" + image).text("/builds/0/state"))
                .isEqualTo("cancelled");
        assertThat(server.api().post(path + "/999/cancel", null).text("/code")).isEqualTo("no_such_build");
        assertThat(server.api().post(path, "{\"noCache\":1}").expect(400).text("/code"))
                .isEqualTo("invalid");
    }

    @Test
    void a_build_that_a_start_caused_has_a_log_as_well() {
        var agent = online("attempts-start");
        var workspace = workspaceOn(agent);
        var id = uuid();
        agent.tell(
                List.of(attempt(id, work(base()), 0, 1, step(Step.BUILD_IMAGE, Outcome.DONE, null))),
                new Output(id, 1, List.of("built")));
        assertThat(attempts(workspace, "").json().at("/items/0/hasOutput").asBoolean())
                .isTrue();
        var path = "/api/v1/workspaces/" + workspace + "/attempts/";
        assertThat(server.api().get(path + id + "/log").expect(200).body()).isEqualTo("=== base:1 ===\nbuilt\n");
        assertThat(server.api().get(path + uuid() + "/log").expect(404).text("/code"))
                .isEqualTo("not_found");
    }

    @Test
    void what_is_too_old_goes_with_its_partition() {
        var sql = server.sql();
        sql.sql("create table if not exists attempt_20200101 partition of attempt"
                        + " for values from ('2020-01-01Z') to ('2020-01-02Z')")
                .update();
        new AttemptUpkeep(sql).once(Upkeep.now(sql));
        assertThat(sql.sql("select to_regclass('attempt_20200101')::text")
                        .query(String.class)
                        .optional())
                .isEmpty();
    }
}
