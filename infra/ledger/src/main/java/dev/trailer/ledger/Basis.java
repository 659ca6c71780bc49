package dev.trailer.ledger;

import dev.trailer.domain.facts.RecordedEvent;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What one attempt at a change rests on: each aggregate that was read for it, with its last sequence then. The ledger
 * records the change only if these still are the last. Bound to the thread that makes the attempt; used by it alone.
 */
public final class Basis {
    private static final ScopedValue<Basis> CURRENT = ScopedValue.newInstance();

    private final boolean trusting;
    private final Map<String, Long> sequences = new HashMap<>();
    private long reached;
    private boolean onCopies;
    private boolean judged;

    private Basis(boolean trusting) {
        this.trusting = trusting;
    }

    /** For an attempt that may rest on copies. */
    public static Basis ofCopies() {
        return new Basis(true);
    }

    /** For an attempt that reads everything from the ledger. */
    public static Basis ofLedger() {
        return new Basis(false);
    }

    /** Null outside of an attempt. */
    public static @Nullable Basis current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /** Makes an attempt on this basis. */
    public <T> T carry(Supplier<T> attempt) {
        return ScopedValue.where(CURRENT, this).call(attempt::get);
    }

    /** Whether a copy may be used instead of what is in the ledger. */
    public boolean trusting() {
        return trusting;
    }

    public void restsOnCopy(String id, long sequence) {
        onCopies = true;
        sequences.putIfAbsent(id, sequence);
    }

    /** @param last the last event of an aggregate, as read from the ledger */
    public void restsOn(RecordedEvent last) {
        sequences.putIfAbsent(last.subject().id(), last.sequence());
        reached = Math.max(reached, last.position());
    }

    /** The highest position that was read from the ledger. */
    public long reached() {
        return reached;
    }

    @Nullable
    Long sequenceOf(String id) {
        return sequences.get(id);
    }

    public Map<String, Long> sequences() {
        return Map.copyOf(sequences);
    }

    /** The ledger has been asked: whatever it answered, it did not answer from a copy. */
    void judged() {
        judged = true;
    }

    /** Whether a refusal may be due to a copy that is old. */
    public boolean isUnsure() {
        return onCopies && !judged;
    }
}
