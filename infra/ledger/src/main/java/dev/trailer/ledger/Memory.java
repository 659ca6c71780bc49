package dev.trailer.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a committer knows of the ledger without asking: the head that it left, and the last sequence of whatever it met
 * lately. All of it holds for as long as the head is still that one, since nobody writes without moving it. One thread.
 */
final class Memory {
    /** Some megabytes; an aggregate that is not among them costs a look at the database. */
    private static final int MAX_SEQUENCES = 50_000;

    private @Nullable Head head;
    private final Map<String, Long> sequences = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MAX_SEQUENCES;
        }
    };

    /** Null: nothing is known. */
    @Nullable
    Head head() {
        return head;
    }

    @Nullable
    Long sequenceOf(String id) {
        return sequences.get(id);
    }

    boolean knows(String id) {
        return sequences.containsKey(id);
    }

    /** After a commit. */
    void left(Head now, Map<String, Long> last) {
        head = now;
        sequences.putAll(last);
    }

    /** Somebody else has written, or it is not known what became of a write of our own. */
    void forget() {
        head = null;
        sequences.clear();
    }
}
