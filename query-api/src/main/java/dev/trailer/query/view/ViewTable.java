package dev.trailer.query.view;

import dev.trailer.api.Cursor;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;

/** Reads the rows of a projector. Any thread; blocks on the database. */
public final class ViewTable<R> {
    private static final Logger log = LoggerFactory.getLogger(ViewTable.class);

    private final String table;
    private final Class<R> row;
    private final JdbcClient database;

    public ViewTable(DataSource database, Projector<R> projector) {
        this.table = ViewDdl.table(projector.name());
        this.row = projector.row();
        this.database = JdbcClient.create(database);
    }

    /** @param next null at the end */
    public record Slice<R>(List<R> rows, @Nullable String next) {}

    private record Entry<R>(String id, R row) {}

    public Optional<R> find(String id) {
        return unlessMadeAnew(() -> database.sql("select body from " + table + " where id = ?")
                .param(id)
                .query((found, _) -> read(found.getString(1)))
                .optional());
    }

    /** The different values of a column. */
    public List<String> distinct(String column) {
        return unlessMadeAnew(
                () -> database.sql("select distinct " + column + " from " + table + " where " + column + " is not null")
                        .query(String.class)
                        .list());
    }

    /** How many rows have one of these values in a column, by that value and by that of another column. */
    public Map<String, Map<String, Integer>> tally(String column, Collection<String> values, String by) {
        return unlessMadeAnew(() -> {
            var counts = new HashMap<String, Map<String, Integer>>();
            database.sql("select " + column + ", " + by + ", count(*) from " + table + " where " + column
                            + " = any (:wanted) group by 1, 2")
                    .param("wanted", values.toArray(String[]::new))
                    .query((ResultSet found) -> {
                        counts.computeIfAbsent(found.getString(1), _ -> new HashMap<>())
                                .put(found.getString(2), found.getInt(3));
                    });
            return counts;
        });
    }

    /**
     * Rows from the newest to the oldest (ids are time-ordered), without those that may not be seen.
     *
     * @param after the id behind which to go on, null to begin
     */
    public Slice<R> page(Filter filter, @Nullable String after, int limit, Predicate<R> visible) {
        var rows = new ArrayList<R>();
        var from = after;
        var last = after;
        while (true) {
            // One more than asked for tells whether there is a next page.
            var entries = read(filter, from, limit + 1);
            for (var entry : entries) {
                if (!visible.test(entry.row)) {
                    continue;
                }
                if (rows.size() == limit && last != null) {
                    return new Slice<>(rows, Cursor.after(last));
                }
                rows.add(entry.row);
                last = entry.id;
            }
            if (entries.size() <= limit) {
                return new Slice<>(rows, null);
            }
            from = entries.getLast().id;
        }
    }

    private List<Entry<R>> read(Filter filter, @Nullable String from, int limit) {
        var query = database.sql("select id, body from " + table + " where " + filter.sql()
                        + (from == null ? "" : " and id < :after_id") + " order by id desc limit :row_limit")
                .params(filter.values())
                .param("row_limit", limit);
        if (from != null) {
            query = query.param("after_id", from);
        }
        var rows = query.query((found, _) -> new Entry<>(found.getString(1), read(found.getString(2))));
        return unlessMadeAnew(rows::list);
    }

    /**
     * While another version of a view is filled, what its predecessor left is read. Most often that can be understood.
     *
     * @throws Refused with {@code ledger_unavailable} where it cannot: the table has other columns, the rows other fields
     */
    public static <T> T unlessMadeAnew(Supplier<T> read) {
        try {
            return read.get();
        } catch (JacksonException | BadSqlGrammarException e) {
            log.warn("A view cannot be read before it has been made anew: {}", e.getMessage());
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }

    private R read(String body) {
        return ViewJson.MAPPER.readValue(body, row);
    }
}
