package dev.trailer.query.facts;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.view.View;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * An index of the ledger by what, who, which and when, and what each subject was last called, also after it is gone. The
 * events themselves stay in the ledger.
 */
final class FactsView implements View {
    static final String NAME = "facts";

    private static final List<String> TABLE = List.of(
            "drop table if exists view_facts",
            """
            create table view_facts (
              position bigint primary key,
              resource text collate "C" not null,
              actor text collate "C" not null,
              type text collate "C" not null,
              recorded_at timestamptz not null)""",
            "create index on view_facts (resource, position)",
            "create index on view_facts (actor, position)",
            "create index on view_facts (type, position)",
            "create index on view_facts (recorded_at, position)",
            "drop table if exists view_facts_name",
            "create table view_facts_name (id text collate \"C\" primary key, name text not null)");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void reset(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : TABLE) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void handle(Connection connection, List<RecordedEvent> events) throws SQLException {
        try (var insert = connection.prepareStatement("""
                insert into view_facts (position, resource, actor, type, recorded_at)
                select position, resource, actor, type, recorded_at::timestamptz
                from unnest(?, ?, ?, ?, ?) as facts (position, resource, actor, type, recorded_at)""")) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "bigint",
                            events.stream().map(RecordedEvent::position).toArray(Long[]::new)));
            text(insert, 2, events, event -> event.subject().id());
            text(insert, 3, events, event -> event.metadata().actor().id());
            text(insert, 4, events, RecordedEvent::type);
            text(insert, 5, events, event -> event.recordedAt().toString());
            insert.executeUpdate();
        }
        var names = new LinkedHashMap<String, String>();
        for (RecordedEvent event : events) {
            var name = SubjectNames.saidBy(event.event());
            if (name != null) {
                names.put(event.subject().id(), name);
            }
        }
        writeNames(connection, names);
    }

    private static void writeNames(Connection connection, Map<String, String> names) throws SQLException {
        if (names.isEmpty()) {
            return;
        }
        try (var put = connection.prepareStatement("""
                insert into view_facts_name (id, name) select id, name from unnest(?, ?) as said (id, name)
                on conflict (id) do update set name = excluded.name""")) {
            put.setArray(1, connection.createArrayOf("text", names.keySet().toArray()));
            put.setArray(2, connection.createArrayOf("text", names.values().toArray()));
            put.executeUpdate();
        }
    }

    private static void text(
            PreparedStatement insert, int parameter, List<RecordedEvent> events, Function<RecordedEvent, String> value)
            throws SQLException {
        var values = events.stream().map(value).toArray(String[]::new);
        insert.setArray(parameter, insert.getConnection().createArrayOf("text", values));
    }
}
