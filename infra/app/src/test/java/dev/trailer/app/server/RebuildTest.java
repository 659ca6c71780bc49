package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.Story;
import dev.trailer.app.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every view is made from the ledger alone, so that making it anew changes nothing. */
@ExtendWith(SharedServer.class)
class RebuildTest {
    private final TestServer server;

    RebuildTest(TestServer server) {
        this.server = server;
    }

    @Test
    void every_view_dropped_and_rebuilt_from_the_ledger_has_equal_rows() {
        Story.tell(server, "rebuilt");
        var types = server.sql()
                .sql("select distinct type from ledger_event")
                .query(String.class)
                .list();
        assertThat(types).as("the history has every type of event there is").containsAll(Story.ALL_TYPES);

        server.awaitQuiet();
        var before = rows();
        assertThat(before.keySet())
                .contains(
                        "auto_stop_timer",
                        "view_desired",
                        "view_facts",
                        "view_hosts",
                        "view_images",
                        "view_secrets",
                        "view_volumes",
                        "view_workspaces");
        assertThat(before).as("no table is empty").noneSatisfy((_, rows) -> assertThat(rows)
                .isEmpty());

        // Another version than the program's: its follower drops the table and begins anew.
        var versions = versions();
        server.sql()
                .sql("update follower set version = 0 where name not like 'policy-%'")
                .update();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> versions().equals(versions));
        server.awaitQuiet();
        var after = rows();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        before.forEach((table, rows) -> assertThat(after.get(table)).as(table).isEqualTo(rows));
        server.anonymous().get("/readyz").expect(200);
    }

    private Map<String, Integer> versions() {
        var versions = new TreeMap<String, Integer>();
        server.sql().sql("select name, version from follower").query(row -> {
            versions.put(row.getString(1), row.getInt(2));
        });
        return versions;
    }

    /** All rows of all tables that followers keep, as text. */
    private Map<String, List<String>> rows() {
        var rows = new TreeMap<String, List<String>>();
        var tables = server.sql().sql("""
                        select table_name from information_schema.tables where table_schema = 'public'
                          and (table_name like 'view\\_%' or table_name = 'auto_stop_timer')""").query(String.class).list();
        for (var table : tables) {
            rows.put(
                    table,
                    server.sql()
                            .sql("select t::text from " + table + " t order by 1")
                            .query(String.class)
                            .list());
        }
        return rows;
    }
}
