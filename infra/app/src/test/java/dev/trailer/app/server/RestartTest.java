package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.app.testing.FactStream;
import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.Sent;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What was acknowledged stays, whatever ends and begins again. Leaves the shared server running, on another port. */
@ExtendWith(SharedServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestartTest {
    private static final String WORKSPACES = "/api/v1/workspaces";
    private static final String HOST = "restarted";
    /** A database that ends by itself is started again after a second. */
    private static final Duration LONGER_THAN_A_RESTART = Duration.ofMillis(1_500);

    private final TestServer server;
    private FakeAgent agent;

    RestartTest(TestServer server) {
        this.server = server;
        agent = FakeAgent.online(server, HOST, FakeAgent.facts(64_000, 64L << 30, 0));
    }

    /** Everything that there is to read. */
    private List<String> everything() {
        var head = Long.toString(server.head());
        return List.of("/workspaces", "/volumes", "/images", "/events").stream()
                .map(path -> server.api()
                        .get("/api/v1" + path + "?limit=200", "Trailer-Position", head)
                        .expect(200)
                        .body())
                .toList();
    }

    @Test
    void after_a_restart_everything_is_as_it_was_and_goes_on() {
        var volumes = ",\"volumes\":[{\"name\":\"home\",\"mountPath\":\"/home/dev\"}]";
        var id = server.api()
                .post(WORKSPACES, Sent.with("before", HOST, volumes), "Idempotency-Key", "before-1")
                .expect(201);
        server.awaitQuiet();
        agent.converge();
        var before = everything();
        long head = server.head();
        var install = agent.install();
        var timeline = agent.whole().timeline();
        long epoch = agent.session().epoch();

        server.close();
        server.start();

        assertThat(everything()).isEqualTo(before);
        assertThat(server.head()).as("a start records nothing").isEqualTo(head);
        var again = server.api()
                .post(WORKSPACES, Sent.with("before", HOST, volumes), "Idempotency-Key", "before-1")
                .expect(201);
        assertThat(again.body()).isEqualTo(id.body());
        try (var stream = FactStream.open(server.api(), "?after=" + (head - 2))) {
            assertThat(stream.next(2).getLast().id()).isEqualTo(head);
        }

        agent = agent.at(server);
        agent.beat(); // the session goes on
        assertThat(server.head()).isEqualTo(head);
        agent.openSession();
        assertThat(agent.session().epoch()).isEqualTo(epoch + 1);
        assertThat(agent.install()).isEqualTo(install);
        assertThat(agent.whole().timeline()).isEqualTo(timeline);
        agent.converge();
        assertThat(server.head()).as("nothing has changed on the host").isEqualTo(head);
    }

    @Test
    void while_the_database_is_away_every_request_is_told_so_and_afterwards_all_that_was_acknowledged_is_there() {
        var kept = server.api()
                .post(WORKSPACES, Sent.stopped("kept", HOST))
                .expect(201)
                .id();
        var acknowledged = new ConcurrentLinkedQueue<String>();
        var others = new ConcurrentLinkedQueue<Reply>();
        var over = new AtomicBoolean();
        var writers = List.of(0, 1, 2, 3).stream()
                .map(writer -> Thread.ofVirtual().start(() -> write(writer, acknowledged, others, over)))
                .toList();
        await().until(() -> acknowledged.size() > 20);

        assertThat(server.postgres().process().destroyForcibly()).isTrue();
        var codes = new TreeSet<String>();
        for (var request : List.<Supplier<Reply>>of(
                () -> server.api().get(WORKSPACES),
                () -> server.api().get(WORKSPACES + "/" + kept),
                () -> server.api().get("/api/v1/events"),
                () -> server.api().post(WORKSPACES, Sent.stopped("lost", HOST)),
                () -> server.api().delete(WORKSPACES + "/" + kept),
                () -> server.anonymous().post("/api/v1/session", "{\"link\":\"tri_x\"}"),
                () -> agent.tryBeat(),
                () -> agent.tryPoll(""))) {
            var reply = request.get();
            codes.add(reply.status() + " " + reply.text("/code"));
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.anonymous().get("/readyz").status() == 200);
        server.keepSilentHosts();
        over.set(true);
        writers.forEach(RestartTest::join);

        others.forEach(reply -> codes.add(reply.status() + " " + reply.text("/code")));
        assertThat(codes).contains("503 ledger_unavailable");
        assertThat(codes).allMatch(code -> code.equals("503 ledger_unavailable") || code.charAt(0) < '5');
        assertThat(created()).containsAll(acknowledged);
        server.api().post(WORKSPACES, Sent.stopped("again", HOST)).expect(201);
        server.awaitQuiet();
        agent.beat();
    }

    private void write(int writer, Queue<String> acknowledged, Queue<Reply> others, AtomicBoolean over) {
        for (int i = 0; !over.get(); i++) {
            var reply = server.api().post(WORKSPACES, Sent.stopped("w" + writer + "-" + i, HOST));
            if (reply.status() == 201) {
                acknowledged.add(reply.id());
            } else {
                others.add(reply);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Set<String> created() {
        return new HashSet<>(server.sql()
                .sql("select aggregate_id from ledger_event where type = 'workspace.created'")
                .query(String.class)
                .list());
    }

    @Test
    void a_server_that_is_ended_while_its_database_is_away_leaves_none_behind_and_starts_again() {
        var id = server.api()
                .post(WORKSPACES, Sent.stopped("killed", HOST))
                .expect(201)
                .id();
        long head = server.head();
        assertThat(server.postgres().process().destroyForcibly()).isTrue();
        server.close();
        await().during(LONGER_THAN_A_RESTART)
                .atMost(LONGER_THAN_A_RESTART.multipliedBy(4))
                .until(() -> databases() == 0);
        server.start();
        assertThat(server.head()).isEqualTo(head);
        server.api()
                .get(WORKSPACES + "/" + id, "Trailer-Position", Long.toString(head))
                .expect(200);
        agent = agent.at(server);
    }

    /** Processes that work on the server's database. */
    private long databases() {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(server.data().toString()))
                .count();
    }
}
