package dev.trailer.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A server that {@code infra/up} runs, standalone or not, on a port and a data directory of its own. Closing it stops it
 * and removes from the engine what its hosts made there and nothing else. Not for use by several threads.
 */
final class Trailer implements AutoCloseable {
    private static final Pattern LINK = Pattern.compile("(?m)^Sign in: (\\S+)$");
    private static final List<Trailer> RUNNING = new CopyOnWriteArrayList<>();

    private final String name;
    private final String mode;
    private final Up up = Up.onNewData();
    private final int port = Up.freePort();
    private final Set<String> hosts = new HashSet<>();
    private final Set<String> images = new HashSet<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Api api;
    private @Nullable String link;

    private Trailer(String name, String mode) {
        this.name = name;
        this.mode = mode;
        RUNNING.add(this);
        // Maven may be interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(this::close));
    }

    /** One that has been started and is ready. */
    static Trailer started(String name, String mode) {
        var trailer = new Trailer(name, mode);
        try {
            trailer.start();
            return trailer;
        } catch (Throwable e) {
            trailer.close();
            throw e;
        }
    }

    /** For evidence: those that have not been closed. */
    static List<Trailer> running() {
        return RUNNING;
    }

    Up up() {
        return up;
    }

    URI base() {
        return URI.create("http://localhost:" + port);
    }

    Api api() {
        return Objects.requireNonNull(api, "not started");
    }

    /** In the background. */
    Program.Ended start() {
        var ended = up.inBackground(options()).succeeded();
        ready(ended.out());
        return ended;
    }

    /** What {@code infra/up} is told, besides the data directory. */
    String[] options() {
        return new String[] {"--port", String.valueOf(port), "--mode", mode};
    }

    /** It has said so, in whichever way it was started. */
    void ready(String said) {
        var found = LINK.matcher(said);
        if (!found.find()) {
            throw new AssertionError("no sign-in link in what infra/up said:\n" + said);
        }
        link = found.group(1);
        if (api == null) {
            api = new Api(base(), adminToken());
        }
    }

    /** A first start builds {@code base}: until then containers come and go, and with them the machine's interfaces. */
    void awaitBaseBuilt() {
        if (mode.equals("server")) {
            return;
        }
        await().atMost(Duration.ofMinutes(3)).until(() -> api().items("/api/v1/images").stream()
                .filter(image -> image.path("name").asString().equals("base"))
                .anyMatch(image ->
                        image.path("builds").path(0).path("state").asString("").equals("succeeded")));
    }

    /** The link that the last start printed; a second call finds nothing, because it is good once. */
    Optional<String> takeLink() {
        var taken = Optional.ofNullable(link);
        link = null;
        return taken;
    }

    Program.Ended stop() {
        remember();
        return up.stop().succeeded();
    }

    private String adminToken() {
        try {
            return Files.readString(up.data().resolve("admin-token")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Which hosts and images are its own: what carries their labels on an engine is ours to remove. */
    private void remember() {
        if (api == null) {
            return;
        }
        try {
            api.items("/api/v1/hosts").forEach(host -> hosts.add(host.path("id").asString()));
            for (var image : api.items("/api/v1/images")) {
                for (var version : Api.stream(image.path("versions"))) {
                    images.add(image.path("id").asString() + "/"
                            + version.path("version").asInt());
                }
            }
        } catch (UncheckedIOException e) {
            // It is not running now; what was remembered before must do.
        }
    }

    void keepLog(Path folder) {
        up.keepLog(folder, name);
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        RUNNING.remove(this);
        var failures = new ArrayList<Throwable>();
        attempt(failures, this::remember);
        attempt(failures, () -> up.stop().succeeded());
        hosts.forEach(host -> attempt(failures, () -> clear(host)));
        attempt(failures, this::clearImages);
        attempt(failures, () -> keepLog(Checkout.kept("logs")));
        attempt(failures, up::forget);
        if (api != null) {
            api.close();
        }
        if (!failures.isEmpty()) {
            var first = new AssertionError("could not clean up after " + name, failures.getFirst());
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static void clear(String host) {
        Engine.containers(Engine.HOST, host)
                .forEach(each -> Engine.removeContainer(each.path("Id").asString()));
        Engine.networks(Engine.HOST, host)
                .forEach(each -> Engine.removeNetwork(each.path("Id").asString()));
        Engine.volumes(Engine.HOST, host)
                .forEach(each -> Engine.removeVolume(each.path("Name").asString()));
        // Of the helpers that give access to volumes.
        Engine.images(Engine.HOST, host)
                .forEach(each -> Engine.removeImage(each.path("Id").asString()));
    }

    /** The newest first: one that others are built on cannot go before them. */
    private void clearImages() {
        images.stream()
                .flatMap(image -> Engine.images(Engine.IMAGE, image).stream())
                .sorted(Comparator.comparingLong(
                                (JsonNode found) -> found.path("Created").asLong())
                        .reversed())
                .forEach(found -> Engine.removeImage(found.path("Id").asString()));
    }

    private static void attempt(List<Throwable> failures, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | AssertionError e) {
            failures.add(e);
        }
    }
}
