package dev.trailer.agent.service.attempts;

import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.Attempt.Outcome;
import dev.trailer.agent.protocol.Attempt.Progress;
import dev.trailer.agent.protocol.Step;
import java.util.ArrayDeque;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One step of an attempt as it goes. One thread at a time. */
final class TakenStep {
    /** As Docker's classic builder and Podman's say it. */
    private static final Pattern PROGRESS = Pattern.compile("(?i)step ([0-9]{1,4})/([0-9]{1,4}) ?: (.*)");

    private static final int MAX_PART = 200;
    /** Of the last lines together; they go with each report on the attempt. */
    private static final int MAX_TAIL_LENGTH = 4_000;

    final Step step;
    private final long beganNanos;
    private final ArrayDeque<String> tail = new ArrayDeque<>();
    private int tailLength;
    private long endedNanos;
    private Outcome outcome = Outcome.WORKING;
    private @Nullable Progress progress;
    private @Nullable String error;

    TakenStep(Step step, long beganNanos) {
        this.step = step;
        this.beganNanos = beganNanos;
    }

    /** @return whether it tells of progress */
    boolean said(String line) {
        tail.add(line);
        tailLength += line.length();
        while (tail.size() > Attempt.Taken.MAX_TAIL_LINES || (tailLength > MAX_TAIL_LENGTH && tail.size() > 1)) {
            tailLength -= tail.remove().length();
        }
        var matcher = PROGRESS.matcher(line);
        if (!matcher.matches()) {
            return false;
        }
        var part = matcher.group(3);
        progress = new Progress(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                part.substring(0, Math.min(MAX_PART, part.length())));
        return true;
    }

    void end(Outcome how, @Nullable String words, long nanos) {
        outcome = how;
        error = words;
        endedNanos = nanos;
    }

    Outcome outcome() {
        return outcome;
    }

    String tail() {
        return String.join("\n", tail);
    }

    Attempt.Taken taken(long attemptBeganNanos, long now) {
        return new Attempt.Taken(
                step,
                Journal.millis(beganNanos - attemptBeganNanos),
                Journal.millis((outcome == Outcome.WORKING ? now : endedNanos) - beganNanos),
                outcome,
                progress,
                error,
                List.copyOf(tail));
    }
}
