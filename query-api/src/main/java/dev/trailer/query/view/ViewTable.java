package dev.trailer.query.view;

import dev.trailer.api.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the rows of a projector. Any thread; blocks on the database. */
public final class ViewTable<R> {
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
        return database.sql("select body from " + table + " where id = ?")
                .param(id)
                .query((found, _) -> read(found.getString(1)))
                .optional();
    }

    /** The different values of a column. */
    public List<String> distinct(String column) {
        return database.sql("select distinct " + column + " from " + table + " where " + column + " is not null")
                .query(String.class)
                .list();
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
        return query.query((found, _) -> new Entry<>(found.getString(1), read(found.getString(2))))
                .list();
    }

    private R read(String body) {
        return ViewJson.MAPPER.readValue(body, row);
    }
}
