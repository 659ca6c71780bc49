package dev.trailer.app.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The database that the server starts is durable, and closed to everybody else on the machine. */
@ExtendWith(SharedServer.class)
class EmbeddedPostgresTest {
    /** It is started again after a second. */
    private static final Duration LONGER_THAN_A_RESTART = Duration.ofSeconds(2);

    private final TestServer server;

    EmbeddedPostgresTest(TestServer server) {
        this.server = server;
    }

    @Test
    void keeps_what_it_has_acknowledged() {
        var expected = Map.of(
                "fsync", "on",
                "synchronous_commit", "on",
                "full_page_writes", "on",
                "data_checksums", "on",
                "wal_level", "replica");
        expected.forEach((name, value) -> assertThat(setting(name)).as(name).isEqualTo(value));
    }

    @Test
    void listens_on_loopback_only_and_asks_everybody_for_a_password() {
        assertThat(setting("listen_addresses")).isEqualTo("127.0.0.1");
        assertThat(setting("unix_socket_directories")).isEmpty();
        assertThat(setting("password_encryption")).isEqualTo("scram-sha-256");
        assertThat(server.sql()
                        .sql("select distinct auth_method from pg_hba_file_rules")
                        .query(String.class)
                        .list())
                .containsExactly("scram-sha-256");
    }

    private String setting(String name) {
        return server.sql()
                .sql("select current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    @Test
    void refuses_who_has_no_password_or_a_wrong_one() {
        var postgres = server.postgres();
        for (var password : new String[] {null, "", "wrong", postgres.password() + "x"}) {
            assertThatThrownBy(() -> connect(postgres.user(), password))
                    .isInstanceOf(SQLException.class)
                    .satisfies(e -> assertThat(((SQLException) e).getSQLState()).isIn("28P01", "08004"));
        }
        assertThatThrownBy(() -> connect("postgres", postgres.password())).isInstanceOf(SQLException.class);
    }

    private void connect(String user, @Nullable String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        DriverManager.getConnection(server.postgres().url(), properties).close();
    }

    @Test
    void lets_nobody_else_into_its_directory() throws IOException {
        var directory = server.data().resolve("postgres");
        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("data"))).isEqualTo("rwx------");
        assertThat(permissions(directory.resolve("password"))).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void shows_its_password_to_nobody_who_lists_processes() {
        var password = server.postgres().password();
        assertThat(ProcessHandle.allProcesses())
                .noneMatch(process -> process.info().commandLine().orElse("").contains(password));
    }

    /** One of its own, because it is killed. */
    @Test
    void is_started_again_where_it_was_if_it_ends_by_itself_but_not_once_it_is_closed(@TempDir Path directory)
            throws IOException, InterruptedException {
        var postgres = EmbeddedPostgres.start(directory.resolve("postgres"));
        var url = postgres.url();
        var first = postgres.process().pid();
        postgres.process().destroyForcibly();
        await().atMost(Duration.ofSeconds(20)).until(() -> postgres.process().pid() != first && answers(postgres));
        assertThat(postgres.url()).isEqualTo(url);

        postgres.process().destroyForcibly();
        postgres.process().onExit().join();
        Thread.sleep(200); // that its end was noticed shows nowhere
        postgres.close();
        await().during(LONGER_THAN_A_RESTART)
                .atMost(LONGER_THAN_A_RESTART.multipliedBy(4))
                .until(() -> processes(directory) == 0);
    }

    private static boolean answers(EmbeddedPostgres postgres) {
        try {
            DriverManager.getConnection(postgres.url(), postgres.user(), postgres.password())
                    .close();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static long processes(Path directory) {
        return ProcessHandle.allProcesses()
                .map(process -> process.info().commandLine().orElse(""))
                .filter(line -> line.contains(directory.toString()))
                .count();
    }
}
