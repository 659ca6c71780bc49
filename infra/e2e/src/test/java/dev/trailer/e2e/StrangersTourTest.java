package dev.trailer.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.microsoft.playwright.options.AriaRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** What a stranger tries in the first hour besides what it is for. */
@EndToEnd
@Order(5)
class StrangersTourTest {
    /** Of a server in the middle of nothing, its database and its agent. */
    private static final Duration CTRL_C_LIMIT = Duration.ofSeconds(20);
    /** A JVM, recovery of the database and the views; on two busy cores. */
    private static final Duration SECOND_START_LIMIT = Duration.ofSeconds(60);

    private final Trailer trailer;
    private final Browsers browsers;
    private Workspace workspace;
    private String saidAtControlC = "";

    StrangersTourTest(Trailer trailer, Browsers browsers) {
        this.trailer = trailer;
        this.browsers = browsers;
        workspace = new Workspace(trailer.api(), "none yet");
    }

    @BeforeAll
    void something_runs() {
        var spec = Map.of(
                "name", "steady",
                "image", "base",
                "resources", Map.of("cpus", 0.25, "memoryBytes", 96L << 20));
        workspace = Workspace.create(trailer.api(), spec).awaitRunning();
    }

    @Test
    @Order(1)
    void nobody_gets_anything_but_401() {
        var document = trailer.api().get("/openapi.json");
        var asked = new ArrayList<String>();
        try (var nobody = new Api(trailer.base(), null);
                var wrong = new Api(trailer.base(), "trt_nonsense")) {
            for (var path : document.path("paths").properties()) {
                for (String method : path.getValue().propertyNames()) {
                    var call = method.toUpperCase(java.util.Locale.ROOT) + " "
                            + path.getKey().replaceAll("\\{[^}]+}", "01a20a96-0e94-73db-8adf-c2113056e9a9");
                    if (!call.equals("POST /api/v1/session")) {
                        refused(nobody, call);
                        refused(wrong, call);
                        asked.add(call);
                    }
                }
            }
            refused(nobody, "GET /openapi.json");
            refused(nobody, "GET /metrics");
            refused(nobody, "GET /api/v1/no-such-thing");
        }
        assertThat(asked)
                .contains("GET /api/v1/workspaces", "GET /api/v1/stream")
                .hasSizeGreaterThan(20);
    }

    private static void refused(Api api, String call) {
        var parts = call.split(" ", 2);
        var answer = api.ask(parts[0], parts[1], parts[0].equals("POST") || parts[0].equals("PATCH") ? "{}" : null);
        assertThat(answer.status()).as(call).isEqualTo(401);
        assertThat(answer.response().headers().firstValue("Content-Type").orElse(""))
                .as(call)
                .startsWith("application/problem+json");
        assertThat(answer.json().path("code").asString()).as(call).isEqualTo("unauthenticated");
    }

    @Test
    @Order(2)
    void a_second_one_on_the_same_data_is_refused_in_one_line() {
        var port = String.valueOf(Up.freePort());
        var refusal = trailer.up().inBackground("--port", port);
        assertThat(refusal.status()).isEqualTo(1);
        assertThat(refusal.out()).isEmpty();
        assertThat(refusal.err().lines()).singleElement().asString().contains("already runs on", "--stop");
        workspace.awaitRunning();
    }

    @Test
    @Order(3)
    void a_taken_port_is_refused_in_one_line() {
        var other = Up.onNewData();
        try {
            var refusal =
                    other.inBackground("--port", String.valueOf(trailer.base().getPort()));
            assertThat(refusal.status()).isEqualTo(1);
            assertThat(refusal.out()).isEmpty();
            assertThat(refusal.err().lines()).singleElement().asString().contains("already listens", "--port");
        } finally {
            other.forget();
        }
    }

    @Test
    @Order(4)
    void a_second_start_builds_nothing_and_is_quick() {
        var before = workspace.containerId();
        trailer.stop();
        var started = trailer.start();
        assertThat(started.out())
                .contains("nothing changed since the last build")
                .doesNotContain("building");
        assertThat(started.took()).isLessThan(SECOND_START_LIMIT);
        workspace.awaitRunning();
        assertThat(workspace.containerId()).isEqualTo(before);
    }

    @Test
    @Order(5)
    void a_link_signs_in_once() {
        var link = trailer.takeLink().orElseThrow();
        try (var first = browsers.stranger(trailer, "tour");
                var second = browsers.stranger(trailer, "tour")) {
            first.open(link);
            assertThat(first.heading("Dashboard")).isVisible();
            second.open(link);
            assertThat(second.find(AriaRole.HEADING, "Sign in")).isVisible();
            assertThat(second.page().getByRole(AriaRole.ALERT)).isVisible();
            second.shot("link-used-up");
            second.open("/workspaces");
            assertThat(second.heading("Sign in")).isVisible();
        }
    }

    @Test
    @Order(6)
    void control_c_ends_it_cleanly_and_the_workspace_runs_on() {
        var before = workspace.container();
        trailer.stop();
        try (var foreground = Foreground.start(trailer.up().command(trailer.options()))) {
            trailer.ready(foreground.awaitLine("Admin token:", Workspace.LIMIT));
            workspace.awaitRunning();
            assertThat(foreground.controlC(CTRL_C_LIMIT)).as(foreground.said()).isIn(Set.of(0, 130));
            assertThat(foreground.said())
                    .as("Ctrl-C is for the server, which ends its database last")
                    .doesNotContain("terminating connection", "PostgreSQL has ended by itself");
            saidAtControlC = foreground.said();
        }
        assertThat(trailer.up().data().resolve("postgres/data/postmaster.pid")).doesNotExist();
        var meanwhile = Engine.container(before.path("Id").asString());
        assertThat(meanwhile.path("State").path("Running").asBoolean()).isTrue();
        assertThat(trailer.up().stop().out()).contains("Nothing runs on");
        trailer.start();
        workspace.awaitRunning();
        var after = workspace.container();
        assertThat(List.of(after.path("Id"), after.path("State").path("StartedAt")))
                .isEqualTo(List.of(before.path("Id"), before.path("State").path("StartedAt")));
    }

    @Test
    @Order(7)
    void control_c_looks_like_an_end_and_not_like_a_crash() {
        assumeFalse(saidAtControlC.isEmpty(), "it did not end");
        assertThat(saidAtControlC.lines()).noneMatch(line -> line.contains(" ERROR ") || line.startsWith("\tat "));
    }
}
