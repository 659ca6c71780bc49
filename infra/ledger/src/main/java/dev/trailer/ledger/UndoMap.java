package dev.trailer.ledger;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map whose latest changes can be taken back, and that knows which keys were changed. One thread. */
final class UndoMap<K, V> {
    private record Change<K, V>(K key, @Nullable V before, boolean first) {}

    private final Map<K, V> values;
    private final Set<K> changed = new HashSet<>();
    private final Deque<Change<K, V>> undo = new ArrayDeque<>();

    UndoMap(Map<K, V> values) {
        this.values = new HashMap<>(values);
    }

    @Nullable
    V get(K key) {
        return values.get(key);
    }

    V getOr(K key, V otherwise) {
        return values.getOrDefault(key, otherwise);
    }

    void put(K key, V value) {
        undo.push(new Change<>(key, values.put(key, value), changed.add(key)));
    }

    void remove(K key) {
        undo.push(new Change<>(key, values.remove(key), changed.add(key)));
    }

    /** What was changed so far stays. */
    void keep() {
        undo.clear();
    }

    /** Takes back everything since the last {@link #keep}. */
    void undo() {
        while (!undo.isEmpty()) {
            var change = undo.pop();
            if (change.before == null) {
                values.remove(change.key);
            } else {
                values.put(change.key, change.before);
            }
            if (change.first) {
                changed.remove(change.key);
            }
        }
    }

    Map<K, V> values() {
        return Collections.unmodifiableMap(values);
    }

    Set<K> changed() {
        return changed;
    }
}
