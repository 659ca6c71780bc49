package dev.trailer.e2e;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** One person's page. Things are found by role and name, as {@code webui/README.md} lists them. */
final class Screen implements AutoCloseable {
    /** Of what a person waits for at one click; a busy test machine is slow. */
    private static final double LIMIT_MILLIS = 20_000;

    private static final AtomicInteger SHOTS = new AtomicInteger();

    /** What the second cell of a workspace's row says, each time it says something new. */
    private static final String WATCH = """
            name => {
              const said = (globalThis.phasesSaid = [])
              const look = () => {
                const row = [...document.querySelectorAll('tr[aria-label]')]
                  .find(each => each.getAttribute('aria-label') === name)
                const words = row ? row.cells[1].innerText.replace(/\\s+/g, ' ').trim() : 'not listed'
                if (said.at(-1) !== words) said.push(words)
              }
              new MutationObserver(look).observe(document.body,
                { subtree: true, childList: true, characterData: true, attributes: true })
              look()
            }""";

    /**
     * The browser drops what is on its way when the machine's interfaces change, as they do with every container that
     * starts here. The client asks again by itself; the first loading of a page is a person's to repeat.
     */
    private static final String NETWORK_CHANGED = "ERR_NETWORK_CHANGED";

    private static final int MAX_ATTEMPTS = 3;
    /** Far longer than a page takes; shorter than the patience with what must happen. */
    private static final double ARRIVAL_MILLIS = 12_000;

    private final Page page;
    private final URI base;
    private final String suite;
    private final List<String> complaints = new ArrayList<>();

    Screen(Page page, URI base, String suite) {
        this.page = page;
        this.base = base;
        this.suite = suite;
        page.setDefaultTimeout(LIMIT_MILLIS);
        page.setDefaultNavigationTimeout(LIMIT_MILLIS);
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> {
            boolean complains = message.type().equals("error") || message.type().equals("warning");
            if (complains && !message.text().contains(NETWORK_CHANGED)) {
                complaints.add(message.text());
            }
        });
    }

    Page page() {
        return page;
    }

    /** What went wrong in the page without anybody seeing it. */
    List<String> complaints() {
        return complaints;
    }

    /** @param address of a page of the server, or below it */
    void open(String address) {
        for (int attempt = 1; ; attempt++) {
            try {
                page.navigate(base.resolve(address).toString());
                return;
            } catch (PlaywrightException e) {
                if (attempt == MAX_ATTEMPTS || !String.valueOf(e.getMessage()).contains(NETWORK_CHANGED)) {
                    throw e;
                }
            }
        }
    }

    /** As a person does whose page stayed blank because a file of it was dropped on its way: asks for it again. */
    void arriveAt(String heading, String... addresses) {
        for (int i = 0; i < addresses.length; i++) {
            open(addresses[i]);
            try {
                heading(heading).waitFor(new Locator.WaitForOptions().setTimeout(ARRIVAL_MILLIS));
                return;
            } catch (TimeoutError e) {
                if (i == addresses.length - 1) {
                    throw e;
                }
            }
        }
    }

    void goTo(String section) {
        page.getByRole(AriaRole.NAVIGATION, new Page.GetByRoleOptions().setName("Main"))
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(section).setExact(true))
                .click();
        heading(section).waitFor();
    }

    Locator find(AriaRole role, String name) {
        return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    static Locator within(Locator part, AriaRole role, String name) {
        return part.getByRole(role, new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    Locator heading(String name) {
        return page.getByRole(
                AriaRole.HEADING,
                new Page.GetByRoleOptions().setName(name).setExact(true).setLevel(1));
    }

    Locator row(String name) {
        return find(AriaRole.ROW, name);
    }

    /** In a row, a phase or state by its word. */
    Locator row(String name, String word) {
        return row(name).getByText(word, new Locator.GetByTextOptions().setExact(true));
    }

    void click(AriaRole role, String name) {
        find(role, name).click();
    }

    void fill(String textbox, String value) {
        find(AriaRole.TEXTBOX, textbox).fill(value);
    }

    void choose(String combobox, String option) {
        find(AriaRole.COMBOBOX, combobox).click();
        find(AriaRole.OPTION, option).click();
    }

    /** From now on; see {@link #phasesSaid}. Lost when the page is loaded anew. */
    void watchPhases(String workspace) {
        page.evaluate(WATCH, workspace);
    }

    /** What the watched row has said, in order. Fails if the page was loaded anew meanwhile. */
    List<String> phasesSaid() {
        if (!(page.evaluate("() => globalThis.phasesSaid ?? null") instanceof List<?> said)) {
            throw new AssertionError("the page was loaded anew");
        }
        return said.stream().map(String::valueOf).toList();
    }

    /** Keeps a picture of this step. */
    void shot(String step) {
        var number = String.format("%02d", SHOTS.incrementAndGet());
        picture(Checkout.kept("screenshots").resolve(number + "-" + suite + "-" + step + ".png"));
    }

    /** Keeps what there is to see, and the page behind it. */
    void keep(Path folder, String name) {
        try {
            picture(folder.resolve(name + ".png"));
            Files.writeString(folder.resolve(name + ".html"), page.content());
            Files.write(folder.resolve(name + "-console.txt"), complaints);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void picture(Path file) {
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    @Override
    public void close() {
        page.context().close();
    }
}
