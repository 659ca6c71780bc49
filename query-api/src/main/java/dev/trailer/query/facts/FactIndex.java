package dev.trailer.query.facts;

import dev.trailer.query.view.Filter;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Finds positions in {@link FactsView}. Any thread; blocks on the database. */
final class FactIndex {
    private final JdbcClient database;

    FactIndex(DataSource database) {
        this.database = JdbcClient.create(database);
    }

    /**
     * What is looked for; null: anything.
     *
     * @param from the first moment
     * @param to the moment after the last
     * @param before only lower positions
     */
    record Search(
            @Nullable String resource,
            @Nullable String actor,
            @Nullable String type,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long before) {}

    /** The positions of what is found, the newest first. */
    List<Long> find(Search search, int limit) {
        var filter = new Filter();
        if (search.resource != null) {
            filter.equal("resource", search.resource);
        }
        if (search.actor != null) {
            filter.equal("actor", search.actor);
        }
        if (search.type != null) {
            filter.equal("type", search.type);
        }
        // Times never decrease with position, so a span of time is a span of positions.
        if (search.from != null) {
            filter.and("position >= :first").with("first", firstAt(search.from));
        }
        long end = search.to == null ? Long.MAX_VALUE : firstAt(search.to);
        long before = search.before == null ? end : Math.min(end, search.before);
        filter.and("position < :before").with("before", before);
        return database.sql("select position from view_facts where " + filter.sql()
                        + " order by position desc limit :row_limit")
                .params(filter.values())
                .param("row_limit", limit)
                .query(Long.class)
                .list();
    }

    /**
     * The first position at or after a moment, past the last one if there is none. Times never decrease with position and
     * positions have no gaps, so halving finds it in some twenty looks at the primary key: no index on times, which every
     * event would have to be entered into.
     */
    private long firstAt(Instant moment) {
        long low = 1;
        long high = 1
                + database.sql("select coalesce(max(position), 0) from view_facts")
                        .query(Long.class)
                        .single();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (recordedAt(middle).isBefore(moment)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Instant recordedAt(long position) {
        return database.sql("select recorded_at from view_facts where position = ?")
                .param(position)
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
    }
}
