package dev.trailer.e2e;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Debian's Chromium, and the people who sit before it: each has a browser context of their own. */
final class Browsers implements AutoCloseable {
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final List<Screen> open = new ArrayList<>();
    private @Nullable String session;

    Browsers() {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program())
                        .setArgs(ARGUMENTS));
    }

    private static Path program() {
        var program = Path.of(Objects.requireNonNullElse(System.getenv("TRAILER_BROWSER"), "/usr/bin/chromium"));
        if (!Files.isExecutable(program)) {
            throw new AssertionError("no browser at " + program + "; set TRAILER_BROWSER, or run infra/verify");
        }
        return program;
    }

    /** Somebody who has not signed in. */
    Screen stranger(Trailer trailer, String suite) {
        return screen(trailer, suite, null);
    }

    /** Somebody on the dashboard: by the link of the last start if it is still good, else as one before them was. */
    Screen signedIn(Trailer trailer, String suite) {
        var link = trailer.takeLink();
        if (link.isPresent()) {
            var screen = stranger(trailer, suite);
            screen.arriveAt("Dashboard", link.get(), link.get(), trailer.base().toString());
            keepSession(screen);
            return screen;
        }
        var screen = screen(trailer, suite, Objects.requireNonNull(session, "nobody has signed in yet"));
        var home = trailer.base().toString();
        screen.arriveAt("Dashboard", home, home, home);
        return screen;
    }

    /** Others may come in as this one did. */
    void keepSession(Screen screen) {
        session = screen.page().context().storageState();
    }

    private Screen screen(Trailer trailer, String suite, @Nullable String state) {
        var options = new Browser.NewContextOptions().setViewportSize(1360, 900);
        if (state != null) {
            options.setStorageState(state);
        }
        trailer.awaitBaseBuilt();
        var screen = new Screen(browser.newContext(options).newPage(), trailer.base(), suite);
        open.add(screen);
        return screen;
    }

    /** For evidence: those that have not been closed. */
    List<Screen> open() {
        open.removeIf(screen -> screen.page().isClosed());
        return open;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
