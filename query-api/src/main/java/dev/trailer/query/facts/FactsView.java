package dev.trailer.query.facts;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.view.View;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;

/** An index of the ledger by what, who, which and when. The events themselves stay in the ledger. */
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
    }

    private static void text(
            PreparedStatement insert, int parameter, List<RecordedEvent> events, Function<RecordedEvent, String> value)
            throws SQLException {
        var values = events.stream().map(value).toArray(String[]::new);
        insert.setArray(parameter, insert.getConnection().createArrayOf("text", values));
    }
}
