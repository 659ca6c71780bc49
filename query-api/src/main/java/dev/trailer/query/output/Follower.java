package dev.trailer.query.output;

import dev.trailer.api.AttemptView;
import dev.trailer.query.port.AttemptHistory;
import dev.trailer.query.port.AttemptHistory.Lines;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One reader's way through a log. An attempt's last line is kept with its end, so one that has ended and says nothing more has
 * said everything. One thread at a time; blocks on the database.
 */
final class Follower {
    /** The longest silence; proxies commonly cut after 30 or 60 s. */
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** Longer than any build: an agent that died in the middle of one must not be followed for ever. */
    private static final Duration LONGEST = Duration.ofHours(2);
    /** Read at once; each holds what an agent told in one go. */
    private static final int ROWS = 20;

    private final AttemptHistory history;
    private final OutputSource source;
    private final Format format;
    private final LongSupplier nanoTime;
    private final long begunNanos;
    private @Nullable String attempt;
    private long line;
    private boolean growing = true;
    private boolean saidAnything;
    private boolean begun;
    private long spokenNanos;

    Follower(AttemptHistory history, OutputSource source, Format format, @Nullable Place place, LongSupplier nanoTime) {
        this.history = history;
        this.source = source;
        this.format = format;
        this.nanoTime = nanoTime;
        begunNanos = nanoTime.getAsLong();
        spokenNanos = begunNanos;
        if (place != null) {
            attempt = place.attempt();
            line = place.line();
            saidAnything = true;
        }
    }

    /** @return what to send now, empty if there is nothing new; null at the end */
    @Nullable
    String next() {
        if (!begun) {
            begun = true;
            return format.begin();
        }
        var piece = look();
        if (piece == null || !piece.isEmpty()) {
            spokenNanos = nanoTime.getAsLong();
            return piece;
        }
        if (nanoTime.getAsLong() - spokenNanos > SILENCE.toNanos()) {
            spokenNanos = nanoTime.getAsLong();
            return format.silence();
        }
        return "";
    }

    private @Nullable String look() {
        if (nanoTime.getAsLong() - begunNanos > LONGEST.toNanos()) {
            return null;
        }
        var attempts = source.attempts();
        int at = place(attempts);
        if (attempt != null && at < 0) {
            attempt = null;
            line = 0;
            return format.reset();
        }
        if (at >= 0) {
            var current = attempts.get(at);
            var rows = history.output(current.id(), line, ROWS);
            if (!rows.isEmpty()) {
                return lines(current.id(), rows);
            }
            if (current.goesOn()) {
                return "";
            }
        }
        if (at + 1 < attempts.size()) {
            return begin(attempts.get(at + 1));
        }
        if (growing) {
            // Once more after this, for what came until it was asked.
            growing = source.mayGrow();
            return "";
        }
        return null;
    }

    /** What ends the log. */
    String end() {
        return (saidAnything ? "" : format.remark(source.whenEmpty())) + format.end();
    }

    private int place(List<AttemptView> attempts) {
        for (int i = 0; i < attempts.size(); i++) {
            if (attempts.get(i).id().equals(attempt)) {
                return i;
            }
        }
        return -1;
    }

    private String begin(AttemptView next) {
        attempt = next.id();
        line = 0;
        return next.hasOutput() || next.goesOn() ? format.part(next.image() == null ? "" : next.image()) : "";
    }

    private String lines(String of, List<Lines> rows) {
        var text = new StringBuilder();
        for (var row : rows) {
            long had = Math.max(0, line - row.first() + 1);
            if (had < row.lines().size()) {
                line = row.first() + row.lines().size() - 1;
                var fresh = row.lines().subList((int) had, row.lines().size());
                text.append(format.lines(new Place(of, line), fresh));
            }
        }
        saidAnything = true;
        return text.toString();
    }
}
