package dev.trailer.e2e.faults;

import dev.trailer.e2e.process.Client;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Watches how long the other server, while one is in trouble, keeps a person waiting: for a change, and for its view. */
final class Survivor implements AutoCloseable {
    private static final long PAUSE_NANOS = 50_000_000L;
    /** Beside the workspace itself: a follower each. */
    private static final List<String> VIEWS = List.of(
            "/api/v1/volumes?limit=1", "/api/v1/hosts?limit=1", "/api/v1/images?limit=1", "/api/v1/events?limit=1");

    private final Client server;
    private final String workspace;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread;
    private volatile long changedAt = System.nanoTime();
    private volatile long shownAt = System.nanoTime();
    private volatile Duration longestToChange = Duration.ZERO;
    private volatile Duration longestToShow = Duration.ZERO;

    /** @param workspace one that nobody else changes */
    Survivor(Client server, String workspace) {
        this.server = server;
        this.workspace = "/api/v1/workspaces/" + workspace;
        thread = Thread.ofVirtual().name("survivor").start(this::watch);
    }

    private void watch() {
        for (int i = 0; !over.get(); i++) {
            var changed = server.ask("PATCH", workspace, "{\"env\":{\"I\":\"%d\"}}".formatted(i));
            if (changed.succeeded() && changed.position().isPresent()) {
                longestToChange = longer(longestToChange, changedAt);
                changedAt = System.nanoTime();
                if (showsEverywhere(changed.position().getAsLong())) {
                    longestToShow = longer(longestToShow, shownAt);
                    shownAt = System.nanoTime();
                }
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean showsEverywhere(long position) {
        return Stream.concat(Stream.of(workspace), VIEWS.stream()).allMatch(path -> {
            var shown = server.get(path, "Trailer-Position", Long.toString(position));
            return shown.succeeded()
                    && shown.headers().firstValue("Trailer-Behind").isEmpty();
        });
    }

    private static Duration longer(Duration longest, long sinceNanos) {
        var now = Duration.ofNanos(System.nanoTime() - sinceNanos);
        return now.compareTo(longest) > 0 ? now : longest;
    }

    /** The longest time without a change that got through. */
    Duration longestToChange() {
        return longer(longestToChange, changedAt);
    }

    /** The longest time without a change that showed in all views. */
    Duration longestToShow() {
        return longer(longestToShow, shownAt);
    }

    @Override
    public void close() {
        over.set(true);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
