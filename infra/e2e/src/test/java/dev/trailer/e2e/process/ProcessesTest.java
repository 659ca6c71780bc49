package dev.trailer.e2e.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.faults.Faults;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The parts that campaigns are made of do what they say. */
@Faults
class ProcessesTest {
    private static final Duration BACK = Duration.ofSeconds(20);
    private static final String HOSTS = "/api/v1/hosts";

    @Test
    void the_way_to_a_database_in_a_container_can_be_refused_held_and_mended() throws SQLException {
        try (var postgres = ExternalPostgres.start();
                var proxy = new DatabaseProxy(postgres.database().port());
                var server = new ServerProcess(
                        Places.fresh("processes-external"), postgres.database().through(proxy))) {
            server.start().awaitReady();
            var client = server.client();
            client.get(HOSTS).expect(200);
            try (var connection = postgres.database().connect();
                    var query = connection.createStatement();
                    var row = query.executeQuery(
                            "select current_setting('fsync') || current_setting('password_encryption')")) {
                assertThat(row.next()).isTrue();
                assertThat(row.getString(1)).isEqualTo("onscram-sha-256");
            }

            proxy.refuse();
            assertThat(client.get(HOSTS).isProblem("ledger_unavailable")).isTrue();
            proxy.mend();
            Await.until("refused, then mended", BACK, () -> client.get(HOSTS).succeeded());

            proxy.hold();
            assertThat(client.get(HOSTS).isProblem("ledger_unavailable")).isTrue();
            proxy.mend();
            Await.until("held, then mended", BACK, () -> client.get(HOSTS).succeeded());

            postgres.kill();
            assertThat(client.get(HOSTS).isProblem("ledger_unavailable")).isTrue();
            postgres.startAgain();
            Await.until("killed, then started", BACK, () -> client.post(HOSTS, "{\"name\":\"one\"}")
                    .succeeded());
        }
    }

    @Test
    void a_killed_server_leaves_its_own_database_running_and_finds_it_again() {
        try (var server = new ServerProcess(Places.fresh("processes-embedded"), null)) {
            server.start().awaitReady();
            server.client().post(HOSTS, "{\"name\":\"one\"}").expect(201);
            server.kill();
            var database = server.databaseProcess().orElseThrow();
            server.start().awaitReady();
            assertThat(server.databaseProcess()).contains(database);
            assertThat(server.client().get(HOSTS).text("/items/0/name")).isEqualTo("one");
            server.killDatabase();
            Await.until("its database is back", BACK, () -> server.client()
                    .post(HOSTS, "{\"name\":\"two\"}")
                    .succeeded());
        }
    }
}
