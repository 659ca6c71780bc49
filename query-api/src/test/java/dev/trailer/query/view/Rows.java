package dev.trailer.query.view;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.Ledger;
import dev.trailer.query.view.Fold.Kept;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** For tests: a projector's table in memory. Rows go through JSON as they do in the database. */
public final class Rows<R> {
    private record Stored(String body, long position) {}

    private final Projector<R> projector;
    private final Map<String, Stored> table = new TreeMap<>();

    public Rows(Projector<R> projector) {
        this.projector = projector;
    }

    /** All events in one batch. */
    public static <R> Rows<R> of(Projector<R> projector, Ledger ledger) {
        var rows = new Rows<>(projector);
        rows.handle(ledger.events());
        return rows;
    }

    public void handle(List<RecordedEvent> batch) {
        var fold = new Fold<>(projector);
        var before = new HashMap<String, Kept<R>>();
        for (var key : fold.keys(batch)) {
            var stored = table.get(key);
            if (stored != null) {
                before.put(key, new Kept<>(parse(stored.body), stored.position));
            }
        }
        fold.changes(before, batch).forEach((id, kept) -> {
            if (kept.row() == null) {
                table.remove(id);
            } else {
                table.put(id, new Stored(ViewJson.MAPPER.writeValueAsString(kept.row()), kept.position()));
            }
        });
    }

    public @Nullable R row(String id) {
        var stored = table.get(id);
        return stored == null ? null : parse(stored.body);
    }

    public long position(String id) {
        return Objects.requireNonNull(table.get(id), id).position;
    }

    /** Each row with its position, for comparing. */
    public Map<String, Object> all() {
        var all = new TreeMap<String, Object>();
        table.forEach((id, stored) -> all.put(id, new Kept<>(parse(stored.body), stored.position)));
        return all;
    }

    private R parse(String body) {
        return ViewJson.MAPPER.readValue(body, projector.row());
    }
}
