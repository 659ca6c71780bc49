package dev.trailer.agent.service.attempts;

import dev.trailer.agent.protocol.Attempt;
import dev.trailer.agent.protocol.Attempt.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attempt in the journal, and how much of it was told. Guarded by the journal. */
final class Entry {
    final String id = UUID.randomUUID().toString();
    final Output output = new Output();
    private final String subject;
    private final long generation;
    private final long beganNanos;
    private final List<TakenStep> steps = new ArrayList<>();
    private @Nullable TakenStep current;
    private long change;
    private long toldChange;
    private boolean ended;

    Entry(String subject, long generation, long beganNanos) {
        this.subject = subject;
        this.generation = generation;
        this.beganNanos = beganNanos;
    }

    void add(TakenStep step) {
        current = step;
        if (steps.size() < Attempt.MAX_STEPS) {
            steps.add(step);
        }
        change++;
    }

    /** The latest, also where there are too many to tell of. */
    @Nullable
    TakenStep current() {
        return current;
    }

    void changed() {
        change++;
    }

    void end() {
        ended = true;
        change++;
        output.end();
    }

    boolean isEmpty() {
        return current == null;
    }

    boolean hasEnded() {
        return ended;
    }

    boolean isKnown() {
        return toldChange > 0;
    }

    boolean isToBeTold() {
        return change > toldChange;
    }

    boolean isOver() {
        return ended && toldChange == change && output.size() == 0;
    }

    void told(long upTo) {
        toldChange = Math.max(toldChange, upTo);
    }

    Attempt attempt(long now) {
        var outcome = ended && current != null ? current.outcome() : Outcome.WORKING;
        return new Attempt(
                id,
                subject,
                generation,
                Journal.millis(now - beganNanos),
                change,
                outcome,
                steps.stream().map(step -> step.taken(beganNanos, now)).toList());
    }
}
