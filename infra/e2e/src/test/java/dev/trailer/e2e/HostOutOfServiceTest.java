package dev.trailer.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trailer.e2e.Screen.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A host is drained on screen: told first what will stop, and it stops; nothing starts until it is resumed. */
@EndToEnd
@Order(6)
class HostOutOfServiceTest {
    /** A stop may wait out the container's grace. */
    private static final double LIMIT_MILLIS = 60_000;

    private static final String NAME = "drained";
    private static final String WRITTEN = "kept over the drain";

    private final Trailer trailer;
    private final Screen screen;
    private Workspace workspace;

    HostOutOfServiceTest(Trailer trailer, Browsers browsers) {
        this.trailer = trailer;
        screen = browsers.signedIn(trailer, "host");
        workspace = new Workspace(trailer.api(), "none yet");
    }

    @BeforeAll
    void a_workspace_runs_with_a_file_in_its_volume() {
        workspace = Workspace.create(
                        trailer.api(),
                        Map.of(
                                "name",
                                NAME,
                                "image",
                                "base",
                                "resources",
                                Map.of("cpus", 0.25, "memoryBytes", 96L << 20),
                                "volumes",
                                List.of(Map.of("name", "work", "mountPath", "/data"))))
                .awaitRunning();
        workspace.exec("sh", "-c", "echo '" + WRITTEN + "' > /data/file");
        screen.goTo("Hosts");
        screen.click(AriaRole.LINK, "local");
    }

    @AfterAll
    void leave() {
        trailer.api().post("/api/v1/hosts/" + hostId() + "/resume", "");
        workspace.delete("?volumes=delete");
        screen.close();
    }

    private String hostId() {
        return workspace.read().path("hostId").asString();
    }

    private static void seen(Locator locator) {
        assertThat(locator).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LIMIT_MILLIS));
    }

    @Test
    @Order(1)
    void draining_tells_first_what_will_stop_and_then_it_stops() {
        screen.click(AriaRole.BUTTON, "Drain");
        var dialog = screen.find(AriaRole.DIALOG, "Drain host local?");
        seen(within(dialog, AriaRole.LIST, "What would happen").getByText("workspace " + NAME + " of admin"));
        screen.shot("drain");
        within(dialog, AriaRole.BUTTON, "Drain host").click();
        seen(screen.page().getByText("Drained", new Page.GetByTextOptions().setExact(true)));
        screen.shot("drained");
        var now = workspace.awaitStopped().read();
        assertThat(now.path("observed").path("reason").path("code").asString()).isEqualTo("drained");
        assertThat(workspace.container().path("State").path("Running").asBoolean())
                .isFalse();
    }

    @Test
    @Order(2)
    void nothing_starts_there_meanwhile_and_the_refusal_says_what_to_do() {
        var refused = trailer.api().ask("POST", "/api/v1/workspaces/" + workspace.id() + "/start", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("host_drained").contains("POST /api/v1/hosts/{id}/resume");
    }

    @Test
    @Order(3)
    void resumed_it_starts_nothing_by_itself_and_what_is_started_has_its_data() {
        screen.click(AriaRole.BUTTON, "Resume");
        seen(screen.find(AriaRole.BUTTON, "Cordon"));
        assertThat(workspace.read().path("desired").asString()).isEqualTo("stopped");
        workspace.ask("start").awaitRunning();
        assertThat(workspace.exec("cat", "/data/file")).isEqualTo(WRITTEN);
    }

    @Test
    @Order(4)
    void the_browser_had_nothing_to_complain_about() {
        assertThat(screen.complaints()).isEmpty();
    }
}
