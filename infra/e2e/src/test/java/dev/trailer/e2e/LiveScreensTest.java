package dev.trailer.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trailer.e2e.Screen.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Must show 3: two people look at the list of workspaces; neither loads it again. */
@EndToEnd
@Order(3)
class LiveScreensTest {
    /** From a change to the other's screen, the host's work included. */
    private static final double LIMIT_MILLIS = 30_000;

    private static final String NAME = "shared";

    private final Trailer trailer;
    private final Screen anne;
    private final Screen ben;

    LiveScreensTest(Trailer trailer, Browsers browsers) {
        this.trailer = trailer;
        anne = browsers.signedIn(trailer, "anne");
        ben = browsers.signedIn(trailer, "ben");
    }

    @BeforeAll
    void look_at_the_list() {
        for (Screen screen : List.of(anne, ben)) {
            screen.goTo("Workspaces");
            shows(screen.find(AriaRole.STATUS, "Connection").getByText("Live"));
        }
    }

    /** What the screens have said since the last of these says at the end of a test that they were not loaded anew. */
    @BeforeEach
    void watch() {
        anne.watchPhases(NAME);
        ben.watchPhases(NAME);
    }

    @AfterAll
    void leave() {
        anne.close();
        ben.close();
    }

    private Workspace shared() {
        return Workspace.named(trailer.api(), NAME);
    }

    private static void shows(Locator locator) {
        assertThat(locator).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LIMIT_MILLIS));
    }

    private void bothShow(String phase) {
        shows(anne.row(NAME, phase));
        shows(ben.row(NAME, phase));
    }

    @Test
    @Order(1)
    void what_one_creates_the_other_sees_come_up() {
        anne.find(AriaRole.LINK, "Create workspace").first().click();
        anne.fill("Name", NAME);
        anne.choose("Image", "base");
        anne.fill("CPUs", "0.25");
        anne.choose("Memory unit", "MiB");
        anne.fill("Memory", "96");
        anne.click(AriaRole.BUTTON, "Create workspace");
        shows(ben.row(NAME));
        ben.shot("sees-it-created");
        shows(ben.row(NAME, "Running"));
        ben.shot("sees-it-running");
        assertThat(ben.phasesSaid()).first().isEqualTo("not listed");
        anne.goTo("Workspaces");
        bothShow("Running");
        assertThat(anne.phasesSaid()).as("moving about is no loading").isNotEmpty();
    }

    @Test
    @Order(2)
    void what_one_stops_the_other_sees_stop() {
        ben.click(AriaRole.BUTTON, "Stop " + NAME);
        bothShow("Stopped");
        anne.shot("sees-it-stopped");
        anne.click(AriaRole.BUTTON, "Start " + NAME);
        bothShow("Running");
        ben.shot("sees-it-started");
        for (Screen screen : List.of(anne, ben)) {
            assertThat(screen.phasesSaid())
                    .anyMatch(said -> said.startsWith("Stopped"))
                    .last()
                    .isEqualTo("Running");
        }
    }

    @Test
    @Order(3)
    void a_docker_stop_behind_its_back_shows_and_is_put_right() {
        showsAndIsPutRight(Engine::stopContainer);
        anne.shot("after-docker-stop");
    }

    @Test
    @Order(4)
    void a_docker_rm_behind_its_back_shows_and_is_put_right() {
        showsAndIsPutRight(Engine::removeContainer);
        anne.shot("after-docker-rm");
    }

    private void showsAndIsPutRight(Consumer<String> mischief) {
        bothShow("Running");
        var before = shared().container();
        mischief.accept(before.path("Id").asString());
        Workspace.await("both screens to show the dip and its end", () -> {
            for (Screen screen : List.of(anne, ben)) {
                assertThat(screen.phasesSaid()).anyMatch(said -> !said.startsWith("Running"));
                assertThat(screen.phasesSaid()).last().isEqualTo("Running");
            }
        });
        var after = shared().awaitRunning().container();
        assertThat(after.path("State").path("Running").asBoolean()).isTrue();
        assertThat(after.path("State").path("StartedAt"))
                .isNotEqualTo(before.path("State").path("StartedAt"));
    }

    @Test
    @Order(5)
    void what_one_deletes_goes_from_the_others_screen() {
        var id = shared().id();
        ben.click(AriaRole.BUTTON, "More actions for " + NAME);
        ben.click(AriaRole.MENUITEM, "Delete");
        var dialog = ben.find(AriaRole.DIALOG, "Delete workspace " + NAME + "?");
        within(dialog, AriaRole.RADIO, "Also delete the volumes").check();
        ben.shot("deletes");
        within(dialog, AriaRole.BUTTON, "Delete workspace").click();
        assertThat(anne.row(NAME)).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(LIMIT_MILLIS));
        assertThat(ben.row(NAME)).hasCount(0, new LocatorAssertions.HasCountOptions().setTimeout(LIMIT_MILLIS));
        anne.shot("sees-it-deleted");
        assertThat(anne.phasesSaid()).last().isEqualTo("not listed");
        Workspace.await("the engine to have nothing of it", () -> {
            assertThat(Engine.containers(Engine.WORKSPACE, id)).isEmpty();
            assertThat(Engine.networks(Engine.WORKSPACE, id)).isEmpty();
        });
    }

    @Test
    @Order(6)
    void the_browsers_had_nothing_to_complain_about() {
        assertThat(anne.complaints()).isEmpty();
        assertThat(ben.complaints()).isEmpty();
    }
}
