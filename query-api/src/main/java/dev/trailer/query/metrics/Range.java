package dev.trailer.query.metrics;

import dev.trailer.api.MetricsView;
import dev.trailer.query.port.GpuHistory;
import dev.trailer.query.port.MetricHistory;
import dev.trailer.query.read.Params;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/**
 * Which time is asked for, and in which steps.
 *
 * @param step a whole number of seconds, so that there are at most as many points as asked for
 */
public record Range(Instant from, Instant to, Duration step) {
    static final Duration LONGEST = Duration.ofDays(366);
    static final int DEFAULT_POINTS = 240;
    static final int MAX_POINTS = 1_000;

    private static final Duration DEFAULT = Duration.ofHours(1);
    /** Agents send no more often. */
    private static final long FINEST_SECONDS = 5;

    private static final int MAX_LENGTH = 40;

    /** From {@code ?from=&to=&points=}; by default the last hour. */
    public static Range of(ServerWebExchange exchange, Clock clock) {
        var params = Params.of(exchange, "from", "to", "points");
        var to = instant(params, "to");
        var from = instant(params, "from");
        int points = points(params);
        params.check();
        var end = to == null ? clock.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1) : to;
        var start = from == null ? end.minus(DEFAULT) : from;
        if (!start.isBefore(end)) {
            params.refuse("from", "must be before ?to=, which is " + end);
        } else if (start.isBefore(end.minus(LONGEST))) {
            params.refuse("from", "must be at most " + LONGEST.toDays() + " days before ?to=, which is " + end);
        }
        params.check();
        long seconds = Math.ceilDiv(Duration.between(start, end).toMillis(), 1_000L * points);
        return new Range(start, end, Duration.ofSeconds(Math.max(FINEST_SECONDS, seconds)));
    }

    /** What a subject's history says of it. */
    public MetricsView read(MetricHistory history, String subject) {
        return new MetricsView(from, to, step.toSeconds(), history.read(subject, from, to, step), List.of());
    }

    /** The same of a host, with its GPUs. */
    public MetricsView read(MetricHistory history, GpuHistory gpus, String host, Collection<String> uuids) {
        var points = history.read(host, from, to, step);
        return new MetricsView(from, to, step.toSeconds(), points, gpus.read(host, uuids, from, to, step));
    }

    private static @Nullable Instant instant(Params params, String name) {
        var text = params.text(name, MAX_LENGTH);
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            params.refuse(name, "must be an instant such as 2026-01-31T12:00:00Z");
            return null;
        }
    }

    private static int points(Params params) {
        var text = params.text("points", MAX_LENGTH);
        if (text == null) {
            return DEFAULT_POINTS;
        }
        if (text.matches("[0-9]{1,4}")) {
            int points = Integer.parseInt(text);
            if (points >= 1 && points <= MAX_POINTS) {
                return points;
            }
        }
        params.refuse("points", "must be 1 to " + MAX_POINTS);
        return DEFAULT_POINTS;
    }
}
