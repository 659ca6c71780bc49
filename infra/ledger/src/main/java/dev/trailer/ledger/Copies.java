package dev.trailer.ledger;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states of aggregates as this server last knew them, so that a command need not fold a history it has just folded.
 * Another server may have moved on since: whatever is decided on a copy says so in its {@link Basis}, and the ledger takes
 * it only if that still holds. Any thread.
 */
public final class Copies {
    /** Some kilobytes each; one that is not among them is folded from its events. */
    private static final int MAX_COPIES = 10_000;

    /** @param sequence of the last event that is folded into the state */
    public record Copy(Object state, long sequence) {}

    private final Map<String, Copy> copies = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Copy> eldest) {
            return size() > MAX_COPIES;
        }
    };

    public synchronized @Nullable Copy of(String id) {
        return copies.get(id);
    }

    /** Keeps it unless a newer one is there. */
    public synchronized void keep(String id, Copy copy) {
        copies.merge(id, copy, (was, is) -> is.sequence >= was.sequence ? is : was);
    }

    /** Lets go of copies that turned out to be old. */
    public synchronized void drop(Collection<String> ids) {
        ids.forEach(copies::remove);
    }
}
