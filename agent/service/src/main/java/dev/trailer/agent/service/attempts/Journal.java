package dev.trailer.agent.service.attempts;

import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.Attempt.Outcome;
import dev.trailer.agent.protocol.AttemptReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The attempts that the server has not been told to their end. Everything that an engine said passes here, and is masked
 * before anything else is done with it. Safe for many threads.
 */
public final class Journal {
    /** With a server that is away: the oldest that have ended give way. */
    private static final int MAX_UNTOLD = 256;
    /** Of a report's words together: well within what the server reads. */
    private static final int MAX_REPORT_LENGTH = 1_000_000;

    private final LongSupplier nanoTime;
    private final UnaryOperator<String> masked;
    private final Runnable changed;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * @param masked takes secrets out of what an engine said
     * @param changed called when there is something to be told, by the thread that did it
     */
    public Journal(LongSupplier nanoTime, UnaryOperator<String> masked, Runnable changed) {
        this.nanoTime = nanoTime;
        this.masked = masked;
        this.changed = changed;
    }

    /**
     * An attempt without a step is nobody's business: it is told of from its first step on.
     *
     * @param subject as {@link Attempt#subject} has it
     */
    public Running begins(String subject, long generation) {
        return new Run(new Entry(subject, generation, nanoTime.getAsLong()));
    }

    /** What to tell next; empty if there is nothing. The same again, and more, until it is {@link #told}. */
    public synchronized Optional<AttemptReport> next(long epoch) {
        long now = nanoTime.getAsLong();
        var attempts = new ArrayList<Attempt>();
        var output = new ArrayList<AttemptReport.Output>();
        int lines = 0;
        int length = 0;
        for (var entry : entries.values()) {
            if (length > MAX_REPORT_LENGTH) {
                break;
            }
            boolean mayBeTold = entry.isKnown() || attempts.size() < AttemptReport.MAX_ATTEMPTS;
            if (mayBeTold && lines < AttemptReport.MAX_LINES && entry.output.canBeTold()) {
                var said = entry.output.waiting(AttemptReport.MAX_LINES - lines);
                output.add(new AttemptReport.Output(entry.id, entry.output.next(), said));
                lines += said.size();
                length += said.stream().mapToInt(String::length).sum();
                if (entry.hasEnded() && said.size() < entry.output.size()) {
                    // Its end is told with its last line, never before.
                    continue;
                }
            } else if (entry.hasEnded() && entry.output.size() > 0) {
                continue;
            }
            if (entry.isToBeTold() && attempts.size() < AttemptReport.MAX_ATTEMPTS) {
                var attempt = entry.attempt(now);
                attempts.add(attempt);
                length += length(attempt);
            }
        }
        return attempts.isEmpty() && output.isEmpty()
                ? Optional.empty()
                : Optional.of(new AttemptReport(epoch, attempts, output));
    }

    private static int length(Attempt attempt) {
        int length = 0;
        for (var step : attempt.steps()) {
            length += step.error() == null ? 0 : step.error().length();
            length += step.tail().stream().mapToInt(String::length).sum();
        }
        return length;
    }

    /** It has arrived. */
    public synchronized void told(AttemptReport report) {
        for (var output : report.output()) {
            var entry = entries.get(output.attempt());
            if (entry != null) {
                entry.output.told(output.first(), output.lines().size());
            }
        }
        for (var attempt : report.attempts()) {
            var entry = entries.get(attempt.id());
            if (entry != null) {
                entry.told(attempt.change());
            }
        }
        entries.values().removeIf(Entry::isOver);
    }

    private void keep(Entry entry) {
        if (entries.putIfAbsent(entry.id, entry) == null && entries.size() > MAX_UNTOLD) {
            entries.values().stream().filter(Entry::hasEnded).findFirst().ifPresent(old -> entries.remove(old.id));
        }
    }

    static long millis(long nanos) {
        return Math.max(0, TimeUnit.NANOSECONDS.toMillis(nanos));
    }

    private static String cut(String text, int max) {
        return text.length() <= max ? text : text.substring(0, max);
    }

    private final class Run implements Running {
        private final Entry entry;

        Run(Entry entry) {
            this.entry = entry;
        }

        @Override
        public String id() {
            return entry.id;
        }

        @Override
        public void begins(Step step) {
            synchronized (Journal.this) {
                entry.add(new TakenStep(step, nanoTime.getAsLong()));
                keep(entry);
            }
            changed.run();
        }

        @Override
        public void said(String raw) {
            var line = cut(masked.apply(raw), AttemptReport.MAX_LINE_LENGTH);
            synchronized (Journal.this) {
                var step = entry.current();
                if (step == null) {
                    return;
                }
                entry.output.add(line);
                if (step.said(line)) {
                    entry.changed();
                }
            }
            changed.run();
        }

        @Override
        public void done() {
            end(Outcome.DONE, null);
        }

        @Override
        public void left(String why) {
            end(Outcome.LEFT, masked.apply(why));
        }

        @Override
        public String failed(String raw) {
            var words = masked.apply(raw);
            var tail = end(Outcome.FAILED, words);
            return tail.isEmpty() ? words : words + "\n" + tail;
        }

        private String end(Outcome outcome, @Nullable String words) {
            String tail = "";
            synchronized (Journal.this) {
                var step = entry.current();
                if (step != null) {
                    step.end(
                            outcome,
                            words == null ? null : cut(words, Cause.StepFailed.MAX_DETAIL_LENGTH),
                            nanoTime.getAsLong());
                    entry.changed();
                    tail = step.tail();
                }
            }
            changed.run();
            return tail;
        }

        @Override
        public void ends() {
            synchronized (Journal.this) {
                if (entry.isEmpty()) {
                    return;
                }
                entry.end();
            }
            changed.run();
        }
    }
}
