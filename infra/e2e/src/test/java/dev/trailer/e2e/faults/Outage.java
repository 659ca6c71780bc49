package dev.trailer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.faults.load.History;
import dev.trailer.e2e.process.Answer;
import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.Client;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What a server says while its database is away, and that it comes back by itself. */
final class Outage {
    private final Client admin;
    private final Client anybody;
    private int number;

    Outage(Client admin) {
        this.admin = admin;
        this.anybody = admin.as(null);
    }

    /** One of each kind of request, all at once, as nobody waits for anybody. */
    private List<Answer> askEverything() {
        int n = ++number;
        var agent = admin.as("an-agent-token-that-cannot-be-looked-up-now-0123456789");
        return together(List.of(
                () -> admin.get("/api/v1/me"),
                () -> admin.get("/api/v1/workspaces"),
                () -> admin.get("/api/v1/workspaces/none"),
                () -> admin.get("/api/v1/volumes"),
                () -> admin.get("/api/v1/images"),
                () -> admin.get("/api/v1/hosts"),
                () -> admin.get("/api/v1/events"),
                () -> admin.get("/api/v1/audit/verify"),
                () -> admin.post("/api/v1/hosts", "{\"name\":\"away-" + n + "\"}"),
                () -> admin.post("/api/v1/workspaces/none/stop", null),
                () -> admin.ask("DELETE", "/api/v1/workspaces/none", null),
                () -> anybody.post("/api/v1/session", "{\"link\":\"tri_x\"}"),
                () -> agent.get("/agent/v1/desired"),
                () -> agent.post("/agent/v1/heartbeat", "{}")));
    }

    /** The database is away for certain: nothing may be answered but that, and soon. */
    void everythingIsUnavailable() {
        for (Answer answer : askEverything()) {
            assertThat(answer.isProblem("ledger_unavailable") && answer.status() == 503)
                    .as("while the database is away: %s", answer)
                    .isTrue();
            assertThat(answer.took()).as("%s", answer).isLessThan(History.LONGEST_ANSWER);
        }
        assertThat(anybody.get("/livez").status()).as("livez").isEqualTo(200);
    }

    /** It comes and goes, or is slow: whatever is answered is either right or that it is unavailable, and soon. */
    void nothingIsWronglyAnswered() {
        nothingIsWronglyAnswered(askEverything());
    }

    /** The same, where the trouble ends while some still wait for their answers. */
    void nothingIsWronglyAnsweredWhile(Runnable trouble) {
        var asked = CompletableFuture.supplyAsync(this::askEverything);
        trouble.run();
        nothingIsWronglyAnswered(asked.join());
    }

    private static void nothingIsWronglyAnswered(List<Answer> answers) {
        for (Answer answer : answers) {
            boolean unavailable = answer.isProblem("ledger_unavailable") && answer.status() == 503;
            // What does not exist, or may not come in, is told so.
            assertThat(unavailable || (answer.answered() && answer.status() < 500))
                    .as("while the database comes and goes: %s", answer)
                    .isTrue();
            assertThat(answer.took()).as("%s", answer).isLessThan(History.LONGEST_ANSWER);
        }
    }

    /** Unaided. */
    void recoversWithin(Duration patience) {
        Await.until(
                "the server is ready again",
                patience,
                () -> anybody.get("/readyz").status() == 200);
        Await.until("the server writes again", patience, () -> admin.post(
                        "/api/v1/hosts", "{\"name\":\"back-" + ++number + "\"}")
                .succeeded());
    }

    private static List<Answer> together(List<Callable<Answer>> requests) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Answer>();
            for (Future<Answer> each : threads.invokeAll(requests)) {
                answers.add(each.get());
            }
            return answers;
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
