package dev.trailer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.faults.load.FakeHost;
import dev.trailer.e2e.faults.load.History;
import dev.trailer.e2e.faults.model.Automation;
import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.Client;
import dev.trailer.e2e.process.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Work that servers find by themselves: timers that are due, and a host that has fallen silent. */
final class Chores {
    private static final int TIMERS = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Database database;
    private final List<String> timed = new ArrayList<>();
    private final String host;
    private final String onHost;

    /** Makes them ready; all servers must be well. */
    Chores(Database database, Client server, String name, long seed) throws SQLException {
        this.database = database;
        var silent = FakeHost.enrolled("silent-" + name, 20, seed, () -> server, new History());
        for (int i = 0; i < 3; i++) {
            silent.step();
        }
        host = silent.id();
        onHost = create(server, "on-" + name, "silent-" + name, "");
        for (int i = 0; i < TIMERS; i++) {
            timed.add(create(server, "timed-" + name + "-" + i, "silent-" + name, ",\"autoStop\":\"P1D\""));
        }
        Await.until("the timers are set", PATIENCE, () -> update("""
                update auto_stop_timer set generation = generation where workspace = any (?)""", timed) == TIMERS);
    }

    private static String create(Client server, String name, String host, String more) {
        return server.post("/api/v1/workspaces", """
                        {"name":"%s","image":"base","host":"%s","resources":{"cpus":0.1,"memoryBytes":16777216}%s}""".formatted(name, host, more))
                .expect(201)
                .text("/id");
    }

    /** What was to come in a day, or after long silence, is due now. */
    void areDue() throws SQLException {
        update("update auto_stop_timer set due_at = now() - interval '1 second' where workspace = any (?)", timed);
        update("update agent_session set last_seen_at = now() - interval '1 hour' where host = any (?)", List.of(host));
    }

    /** Some server has done them. */
    void awaitDone() {
        Await.until(
                "timers have stopped, and the lost host's workspace is marked", PATIENCE, () -> events() >= TIMERS + 2);
    }

    private long events() throws SQLException {
        try (var connection = database.connect();
                var query = connection.prepareStatement("""
                        select count(*) from ledger_event where
                          (type = 'workspace.stop-requested' and aggregate_id = any (?))
                          or (type = 'host.lost' and aggregate_id = ?)
                          or (type = 'workspace.observed' and aggregate_id = ?)""")) {
            query.setArray(1, connection.createArrayOf("text", timed.toArray()));
            query.setString(2, host);
            query.setString(3, onHost);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private int update(String sql, List<String> ids) throws SQLException {
        try (var connection = database.connect();
                var update = connection.prepareStatement(sql)) {
            update.setArray(1, connection.createArrayOf("text", ids.toArray()));
            return update.executeUpdate();
        }
    }

    /** Each was done, once; the model has read all of it. */
    void wereDoneOnce(Automation automation) {
        for (String workspace : timed) {
            assertThat(automation.autoStops(workspace))
                    .as("stops of %s", workspace)
                    .isEqualTo(1);
        }
        assertThat(automation.losses(host)).as("losses of %s", host).isEqualTo(1);
        assertThat(automation.marks(onHost)).as("marks of %s", onHost).isEqualTo(1);
    }
}
