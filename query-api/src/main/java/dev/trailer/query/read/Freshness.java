package dev.trailer.query.read;

import dev.trailer.api.ErrorList;
import dev.trailer.query.port.Progress;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/** Lets a client read its own writes. Any thread; waits. */
public final class Freshness {
    /** The last position of the client's own writes. */
    public static final String POSITION = "Trailer-Position";
    /** In an answer: the view had not come that far in time. */
    public static final String BEHIND = "Trailer-Behind";

    /** Longer than a healthy view ever lags, shorter than a person's patience (blueprint, chapter 4). */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Pattern FORM = Pattern.compile("[0-9]{1,18}");

    private final Progress progress;

    public Freshness(Progress progress) {
        this.progress = progress;
    }

    /**
     * Waits until the views have passed the position that the request names, if it does. Call it before taking a
     * database connection.
     */
    public void settle(ServerWebExchange exchange, String... views) {
        var headers = exchange.getResponse().getHeaders();
        // Its ETag counts intent, not what is observed: a cache would go on showing an old phase.
        headers.set(HttpHeaders.CACHE_CONTROL, "no-store");
        var asked = exchange.getRequest().getHeaders().getOrEmpty(POSITION);
        if (asked.isEmpty()) {
            return;
        }
        if (asked.size() > 1 || !FORM.matcher(asked.getFirst()).matches()) {
            throw ErrorList.invalid(POSITION + ":", "invalid", "must be the " + POSITION + " of an earlier answer");
        }
        if (!passed(Long.parseLong(asked.getFirst()), views)) {
            headers.set(BEHIND, "true");
        }
    }

    private boolean passed(long position, String... views) {
        long until = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (var view : views) {
                var left = Duration.ofNanos(Math.max(0, until - System.nanoTime()));
                if (!progress.await(view, position, left)) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
