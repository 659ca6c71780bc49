package dev.trailer.query.facts;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.view.View;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An index of the ledger by what, who, which and when, and what each subject was last called, also after it is gone. The
 * events themselves stay in the ledger.
 */
final class FactsView implements View {
    static final String NAME = "facts";

    private static final List<String> CREATE =
            List.of("""
            create table view_facts (
              position bigint not null,
              resource text collate "C" not null,
              actor text collate "C" not null,
              type text collate "C" not null,
              recorded_at timestamptz not null)""", "create table view_facts_name (id text collate \"C\" primary key, name text not null)");

    private static final List<String> INDEX = List.of(
            "alter table view_facts add primary key (position)",
            "create index on view_facts (resource, position)",
            "create index on view_facts (actor, position)",
            "create index on view_facts (type, position)",
            "create index on view_facts (recorded_at, position)");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> tables() {
        return List.of("view_facts", "view_facts_name");
    }

    @Override
    public boolean concerns(String type) {
        return SubjectNames.TYPES.contains(type);
    }

    @Override
    public void create(Connection connection) throws SQLException {
        execute(connection, CREATE);
    }

    @Override
    public void index(Connection connection) throws SQLException {
        execute(connection, INDEX);
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Override
    public void handle(Connection connection, long after, long upTo, List<RecordedEvent> events) throws SQLException {
        // Inside the database: what is copied need not come here and go back.
        try (var insert = connection.prepareStatement("""
                insert into view_facts (position, resource, actor, type, recorded_at)
                select position, resource, actor, type, recorded_at from ledger_fact
                where position > ? and position <= ?""")) {
            insert.setLong(1, after);
            insert.setLong(2, upTo);
            int found = insert.executeUpdate();
            if (found != upTo - after) {
                throw new SQLException("the ledger has " + found + " events from " + (after + 1) + " to " + upTo
                        + ": some are missing");
            }
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
}
