package dev.trailer.ledger;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides which commands of a batch hold, one after the other, each on what those before it leave. Pure; one batch. */
final class Judge {
    private final Map<String, Long> sequences;
    private final Set<String> keys;
    private final ClaimBook book;
    private final List<Append> granted = new ArrayList<>();
    private final IdentityHashMap<Append, RuntimeException> refusals = new IdentityHashMap<>();

    /**
     * @param sequences the last of each aggregate that the batch touches; none for one that does not exist
     * @param keys the idempotency keys of the batch that are used, by {@link #key}
     */
    Judge(Map<String, Long> sequences, Set<String> keys, ClaimBook book) {
        this.sequences = new HashMap<>(sequences);
        this.keys = new HashSet<>(keys);
        this.book = book;
    }

    static String key(String principal, String key) {
        return principal + '\n' + key;
    }

    void judge(List<Append> batch) {
        for (Append append : batch) {
            var refusal = refusal(append);
            if (refusal == null) {
                granted.add(append);
                append.entries().forEach(e -> sequences.put(e.subject().id(), e.sequence()));
            } else {
                refusals.put(append, refusal);
            }
        }
    }

    private @Nullable RuntimeException refusal(Append append) {
        var record = append.idempotency();
        var key = record == null ? null : key(record.principal(), record.key());
        if (key != null && keys.contains(key)) {
            return new KeyTaken();
        }
        for (var read : append.basis().entrySet()) {
            if (last(read.getKey()) != read.getValue()) {
                return new SequenceConflict(read.getKey());
            }
        }
        var next = new HashMap<String, Long>();
        for (Entry entry : append.entries()) {
            var id = entry.subject().id();
            long expected = next.computeIfAbsent(id, this::last) + 1;
            if (entry.sequence() != expected) {
                return new SequenceConflict(id);
            }
            next.put(id, expected);
        }
        Reason.Refusal reason = book.grant(append.claims());
        if (reason != null) {
            return new Refused(reason);
        }
        if (key != null) {
            keys.add(key);
        }
        return null;
    }

    private long last(String id) {
        return sequences.getOrDefault(id, -1L);
    }

    List<Append> granted() {
        return granted;
    }

    IdentityHashMap<Append, RuntimeException> refusals() {
        return refusals;
    }

    ClaimBook book() {
        return book;
    }

    /** The last of each aggregate once the granted ones are written. */
    Map<String, Long> sequences() {
        return sequences;
    }
}
