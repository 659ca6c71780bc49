package dev.trailer.e2e.faults.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Views are equal to a full rebuild. How a rebuild is asked for and how far views have come is known here and nowhere else
 * in the harness. The servers must be well, and nothing asked of them meanwhile.
 */
public final class Views {
    private static final Duration CATCH_UP = Duration.ofSeconds(30);
    private static final Duration REBUILD = Duration.ofMinutes(2);

    private final Database database;

    public Views(Database database) {
        this.database = database;
    }

    /** All that follows the ledger has come to its head, and nothing has come after. */
    public void awaitCaughtUp() {
        Await.until("all followers are at the head", CATCH_UP, () -> {
            try (var connection = database.connect()) {
                return caughtUp(connection);
            }
        });
    }

    /** Compares what there is with what a rebuild from the first event makes. */
    public void check() throws SQLException {
        awaitCaughtUp();
        try (var connection = database.connect()) {
            var before = dump(connection);
            var versions = texts(connection, VERSIONS);
            try (var update = connection.createStatement()) {
                // Another version than the program's: its follower makes the table anew.
                update.executeUpdate("update follower set version = 0 where name not like 'policy-%'");
            }
            Await.until(
                    "all views are rebuilt",
                    REBUILD,
                    () -> texts(connection, VERSIONS).equals(versions) && caughtUp(connection));
            var after = dump(connection);
            assertThat(after.keySet()).isEqualTo(before.keySet());
            before.forEach((table, rows) ->
                    assertThat(rows).as("%s, beside its rebuild", table).isEqualTo(after.get(table)));
            assertThat(texts(connection, "select position::text from view_facts order by position"))
                    .as("each position once in the index of facts")
                    .hasSize(Integer.parseInt(texts(connection, HEAD).getFirst()))
                    .doesNotHaveDuplicates();
        }
    }

    private static final String HEAD = "select position::text from ledger_head";
    private static final String VERSIONS = "select name || ' ' || version from follower order by 1";
    private static final String BEHIND = """
            select name from follower where position < (select position from ledger_head)""";
    private static final String TABLES = """
            select table_name::text from information_schema.tables where table_schema = 'public'
              and (table_name like 'view\\_%' or table_name = 'auto_stop_timer')""";

    private static boolean caughtUp(Connection connection) throws SQLException {
        return texts(connection, BEHIND).isEmpty();
    }

    private static Map<String, List<String>> dump(Connection connection) throws SQLException {
        var rows = new TreeMap<String, List<String>>();
        for (String table : texts(connection, TABLES)) {
            rows.put(table, texts(connection, "select t::text from " + table + " t order by 1"));
        }
        return rows;
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        try (var query = connection.createStatement();
                var rows = query.executeQuery(sql)) {
            var found = new ArrayList<String>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }
}
