package dev.trailer.app.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServer.class)
class MembershipTest {
    private final TestServer server;

    MembershipTest(TestServer server) {
        this.server = server;
    }

    private Membership member(Path directory) {
        var postgres = server.postgres();
        var driver = new Properties();
        driver.setProperty("user", postgres.user());
        driver.setProperty("password", postgres.password());
        return new Membership(postgres.url(), driver, directory);
    }

    private boolean isHeld(ServerId id) {
        return server.sql()
                .sql("select not pg_try_advisory_xact_lock(?)")
                .param(id.lockKey())
                .query(Boolean.class)
                .single();
    }

    @Test
    void an_id_is_held_while_its_server_runs_and_is_the_same_after_a_restart(@TempDir Path data) {
        var first = member(data);
        first.start();
        assertThat(isHeld(first.id())).isTrue();
        first.stop();
        await().atMost(Duration.ofSeconds(5)).until(() -> !isHeld(first.id()));
        assertThat(member(data).id()).isEqualTo(first.id());
    }

    @Test
    void a_copied_data_directory_does_not_start(@TempDir Path data) throws IOException {
        var first = member(data);
        first.start();
        var copy = Files.createDirectory(data.resolve("copy"));
        Files.copy(data.resolve("server-id"), copy.resolve("server-id"));
        assertThatThrownBy(member(copy)::start).hasMessageContaining("server-id");
        first.stop();
    }

    @Test
    void whoever_loses_the_session_says_so_and_takes_the_id_again(@TempDir Path data) {
        var member = member(data);
        member.start();
        server.sql().sql("""
                        select pg_terminate_backend(pid) from pg_locks
                        where locktype = 'advisory' and ((classid::bigint << 32) | objid::bigint) = ?""").param(member.id().lockKey()).query(Boolean.class).list();
        await().atMost(Duration.ofSeconds(10)).until(() -> !isHeld(member.id()) || member.trouble() != null);
        await().atMost(Duration.ofSeconds(10)).until(() -> isHeld(member.id()) && member.trouble() == null);
        member.stop();
    }

    @Test
    void what_is_no_id_is_not_taken_for_one(@TempDir Path data) throws IOException {
        Files.writeString(data.resolve("server-id"), "nonsense");
        assertThatThrownBy(() -> member(data)).hasMessageContaining("server-id");
    }
}
