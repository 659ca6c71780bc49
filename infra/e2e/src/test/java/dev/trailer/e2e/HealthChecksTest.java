package dev.trailer.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trailer.e2e.Screen.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A workspace that says how it is: from the form to the command in its container, and back to the screen. */
@EndToEnd
@Order(4)
class HealthChecksTest {
    private static final String NAME = "checked";
    /** What the host does at its own pace, with two checks of two seconds in it. */
    private static final double LIMIT_MILLIS = 60_000;

    private final Trailer trailer;
    private final Screen screen;

    HealthChecksTest(Trailer trailer, Browsers browsers) {
        this.trailer = trailer;
        screen = browsers.signedIn(trailer, "health");
    }

    @AfterAll
    void leave() {
        screen.close();
    }

    private static void seen(Locator locator) {
        assertThat(locator).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LIMIT_MILLIS));
    }

    /** Nothing else beside it: one word is the end of another. */
    private static Locator word(Locator part, String word) {
        return part.getByText(word, new Locator.GetByTextOptions().setExact(true));
    }

    private Workspace workspace() {
        return Workspace.named(trailer.api(), NAME);
    }

    @Test
    @Order(1)
    void one_that_is_asked_for_is_run_inside_and_seen_in_the_list() {
        screen.goTo("Workspaces");
        screen.find(AriaRole.LINK, "Create workspace").first().click();
        var form = screen.find(AriaRole.FORM, "Create workspace");
        screen.fill("Name", NAME);
        screen.choose("Image", "base");
        screen.fill("CPUs", "0.25");
        screen.choose("Memory unit", "MiB");
        screen.fill("Memory", "96");
        screen.fill("Health command", "test -e /tmp/well || { echo there is no /tmp/well; exit 3; }");
        screen.fill("Every (seconds)", "2");
        screen.fill("Failures in a row", "2");
        screen.fill("Time to start (seconds)", "600");
        screen.page()
                .getByLabel("Start its container again when it is unhealthy")
                .check();
        screen.shot("create-with-health-check");
        within(form, AriaRole.BUTTON, "Create workspace").click();
        seen(screen.heading(NAME));
        seen(word(screen.find(AriaRole.REGION, "Health check"), "Started again"));
        workspace().awaitRunning();
        screen.goTo("Workspaces");
        seen(screen.row(NAME, "Starting up"));
        workspace().exec("touch", "/tmp/well");
        seen(screen.row(NAME, "Healthy"));
        screen.shot("list-with-health");
    }

    @Test
    @Order(2)
    void what_is_not_well_says_why_and_is_started_again_and_told_once_it_is_well() {
        var workspace = workspace();
        var container = workspace.container();
        screen.click(AriaRole.LINK, NAME);
        var observed = screen.find(AriaRole.REGION, "Observed");
        seen(word(observed, "Healthy"));
        workspace.exec("rm", "/tmp/well");
        Workspace.await("told", () -> assertThat(reasons()).anyMatch(reason -> reason.contains("unhealthy")));
        Workspace.await("started again", () -> assertThat(
                        workspace.container().path("State").path("StartedAt"))
                .isNotEqualTo(container.path("State").path("StartedAt")));
        assertThat(workspace.containerId())
                .as("the same one")
                .isEqualTo(container.path("Id").asString());
        seen(word(observed, "Starting up"));
        workspace.exec("touch", "/tmp/well");
        seen(word(observed, "Healthy"));
    }

    /** Why, of what its host has reported. */
    private List<String> reasons() {
        return trailer.api().items("/api/v1/events?type=workspace.observed").stream()
                .map(fact ->
                        fact.path("data").path("observation").path("reason").toString())
                .toList();
    }

    @Test
    @Order(3)
    void what_is_left_running_shows_the_words_of_its_check_and_the_number_of_events_is_small() {
        var workspace = workspace();
        workspace.patch("{\"healthCheck\":{\"restart\":false,\"startPeriod\":\"PT0S\"}}");
        workspace.exec("rm", "/tmp/well");
        var observed = screen.find(AriaRole.REGION, "Observed");
        seen(word(observed, "Unhealthy"));
        seen(observed.getByText("exit status 3:"));
        seen(observed.getByText("there is no /tmp/well"));
        seen(observed.getByText("it keeps running"));
        screen.shot("workspace-unhealthy");
        assertThat(reasons()).as("what the host has told of everything").hasSizeLessThan(100);
        assertThat(screen.complaints()).isEmpty();
        workspace.delete("?volumes=delete");
    }
}
