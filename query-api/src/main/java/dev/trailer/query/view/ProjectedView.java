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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A view of one table, kept by a projector: for each batch of events one query, one upsert, one delete. A row whose
 * content stays equal is not written, so its {@code position} tells when it last changed.
 */
public final class ProjectedView<R> implements View {
    /** Counts up with how all tables are made. */
    private static final int TABLES = 1;

    private final Projector<R> projector;
    private final Fold<R> fold;
    private final String table;
    private final List<Column> columns;
    private final String select;
    private final String delete;
    private final String upsert;

    public ProjectedView(Projector<R> projector) {
        this.projector = projector;
        this.fold = new Fold<>(projector);
        this.table = ViewDdl.table(projector.name());
        this.columns = projector.columns();
        this.select = "select id, position, body from " + table + " where id = any (?)";
        this.delete = "delete from " + table + " where id = any (?)";
        this.upsert = ViewDdl.upsert(projector);
    }

    @Override
    public String name() {
        return projector.name();
    }

    @Override
    public int version() {
        return TABLES * 1_000 + projector.version();
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
        var written = new Written(changes.size());
        changes.forEach((id, kept) -> {
            var row = kept.row();
            if (row == null) {
                gone.add(id);
            } else {
                written.add(id, kept.position(), ViewJson.MAPPER.valueToTree(row));
            }
        });
        delete(connection, gone);
        written.upsert(connection);
    }

    private Map<String, Kept<R>> load(Connection connection, Collection<String> ids) throws SQLException {
        var found = new HashMap<String, Kept<R>>();
        try (var query = connection.prepareStatement(select)) {
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
        try (var delete = connection.prepareStatement(this.delete)) {
            delete.setArray(1, connection.createArrayOf("text", ids.toArray(String[]::new)));
            delete.executeUpdate();
        }
    }

    /** Rows to be written: one list for each column. */
    private final class Written {
        private final List<String> ids;
        private final List<Long> positions;
        private final List<String> bodies;
        private final List<List<@Nullable String>> texts = new ArrayList<>();

        Written(int most) {
            ids = new ArrayList<>(most);
            positions = new ArrayList<>(most);
            bodies = new ArrayList<>(most);
            columns.forEach(_ -> texts.add(new ArrayList<>(most)));
        }

        void add(String id, long position, JsonNode body) {
            ids.add(id);
            positions.add(position);
            bodies.add(body.toString());
            for (int i = 0; i < columns.size(); i++) {
                texts.get(i).add(columns.get(i).of(body));
            }
        }

        void upsert(Connection connection) throws SQLException {
            if (ids.isEmpty()) {
                return;
            }
            try (var statement = connection.prepareStatement(upsert)) {
                statement.setArray(1, connection.createArrayOf("text", ids.toArray()));
                statement.setArray(2, connection.createArrayOf("bigint", positions.toArray()));
                statement.setArray(3, connection.createArrayOf("text", bodies.toArray()));
                for (int i = 0; i < texts.size(); i++) {
                    statement.setArray(
                            4 + i, connection.createArrayOf("text", texts.get(i).toArray()));
                }
                statement.executeUpdate();
            }
        }
    }
}
