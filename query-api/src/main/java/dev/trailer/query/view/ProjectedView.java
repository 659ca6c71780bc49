package dev.trailer.query.view;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.view.Fold.Kept;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A view of one table, kept by a projector: for each batch of events one query, one upsert, one delete. A row whose
 * content stays equal is not written, so its {@code position} tells when it last changed.
 */
public final class ProjectedView<R> implements View {
    private final Projector<R> projector;
    private final Fold<R> fold;
    private final String table;

    public ProjectedView(Projector<R> projector) {
        this.projector = projector;
        this.fold = new Fold<>(projector);
        this.table = ViewDdl.table(projector.name());
    }

    @Override
    public String name() {
        return projector.name();
    }

    @Override
    public int version() {
        return projector.version();
    }

    @Override
    public List<String> tables() {
        return List.of(table);
    }

    @Override
    public boolean concerns(String type) {
        return projector.concerns(type);
    }

    @Override
    public void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(ViewDdl.create(projector));
        }
    }

    @Override
    public void index(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : ViewDdl.indexes(projector)) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void handle(Connection connection, long after, long upTo, List<RecordedEvent> events) throws SQLException {
        var keys = fold.keys(events);
        if (keys.isEmpty()) {
            return;
        }
        var changes = fold.changes(load(connection, keys), events);
        var gone = new ArrayList<String>();
        var ids = new ArrayList<String>();
        var positions = new ArrayList<Long>();
        var bodies = new ArrayList<String>();
        changes.forEach((id, kept) -> {
            var row = kept.row();
            if (row == null) {
                gone.add(id);
            } else {
                ids.add(id);
                positions.add(kept.position());
                bodies.add(ViewJson.MAPPER.writeValueAsString(row));
            }
        });
        delete(connection, gone);
        upsert(connection, ids, positions, bodies);
    }

    private Map<String, Kept<R>> load(Connection connection, Collection<String> ids) throws SQLException {
        var found = new HashMap<String, Kept<R>>();
        try (var query =
                connection.prepareStatement("select id, position, body from " + table + " where id = any (?)")) {
            query.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    var row = ViewJson.MAPPER.readValue(rows.getString(3), projector.row());
                    found.put(rows.getString(1), new Kept<>(row, rows.getLong(2)));
                }
            }
        }
        return found;
    }

    private void delete(Connection connection, List<String> ids) throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (var delete = connection.prepareStatement("delete from " + table + " where id = any (?)")) {
            delete.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
            delete.executeUpdate();
        }
    }

    private void upsert(Connection connection, List<String> ids, List<Long> positions, List<String> bodies)
            throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (var upsert = connection.prepareStatement("insert into " + table + " (id, position, body)"
                + " select id, position, body::json from unnest(?, ?, ?) as changed (id, position, body)"
                + " on conflict (id) do update set position = excluded.position, body = excluded.body")) {
            upsert.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
            upsert.setArray(2, connection.createArrayOf("bigint", positions.toArray(Long[]::new)));
            upsert.setArray(3, connection.createArrayOf("text", bodies.toArray(String[]::new)));
            upsert.executeUpdate();
        }
    }
}
