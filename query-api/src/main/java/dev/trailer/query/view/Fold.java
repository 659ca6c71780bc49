package dev.trailer.query.view;

import dev.trailer.domain.facts.RecordedEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Applies events to rows in memory. A row's position is that of the last event that changed its content, so that it does
 * not depend on how events were batched.
 */
final class Fold<R> {
    /** @param row null if there is no such row */
    record Kept<R>(@Nullable R row, long position) {}

    private final Projector<R> projector;

    Fold(Projector<R> projector) {
        this.projector = projector;
    }

    /** The ids of all rows that these events may change. */
    Set<String> keys(List<RecordedEvent> events) {
        var keys = new LinkedHashSet<String>();
        events.forEach(event -> keys.addAll(projector.keys(event)));
        return keys;
    }

    /**
     * @param before the rows there are, at least all of {@link #keys}
     * @return those that differ afterwards, in the order in which they were first changed
     */
    Map<String, Kept<R>> changes(Map<String, Kept<R>> before, List<RecordedEvent> events) {
        var changed = new LinkedHashMap<String, Kept<R>>();
        for (var event : events) {
            for (var key : projector.keys(event)) {
                var kept = changed.containsKey(key) ? changed.get(key) : before.get(key);
                var was = kept == null ? null : kept.row();
                var is = projector.evolve(was, event);
                if (!Objects.equals(was, is)) {
                    changed.put(key, new Kept<>(is, event.position()));
                }
            }
        }
        return changed;
    }
}
