package dev.trailer.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.FakeAgent;
import dev.trailer.app.testing.Program;
import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.Story;
import dev.trailer.app.testing.TestServer;
import dev.trailer.ledger.audit.Checkpointer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The audit trail of a server at work: verified by itself, taken along, and verified elsewhere. */
@ExtendWith(SharedServer.class)
class AuditTest {
    private static final String EXPORT = "/api/v1/audit/export";

    private final TestServer server;
    private final Path folder;

    AuditTest(TestServer server, @TempDir Path folder) {
        this.server = server;
        this.folder = folder;
    }

    @BeforeEach
    void much_has_happened() {
        if (server.sql()
                        .sql("select count(*) from name_claim where kind = 'host' and name = 'audited'")
                        .query(Long.class)
                        .single()
                == 0) {
            Story.tell(server, "audited");
            FakeAgent.online(server, "audited-more", FakeAgent.facts(1_000, 1L << 30, 0));
        }
        server.part(Checkpointer.class).write();
    }

    private Reply export(String query) {
        return server.api().get(EXPORT + query).expect(200);
    }

    private Path kept(Reply export) throws IOException {
        return Files.write(folder.resolve("export.ndjson"), export.bytes());
    }

    private Program.Ended verify(Path export) throws IOException, InterruptedException {
        return Program.run(
                "verify",
                export.toString(),
                "--checkpoints",
                server.data().resolve("checkpoints.ndjson").toString());
    }

    @Test
    void the_server_finds_it_whole_and_attested() {
        var verdict = server.api().get("/api/v1/audit/verify").expect(200);
        assertThat(verdict.text("/whole")).as(verdict.body()).isEqualTo("true");
        assertThat(verdict.number("/checked")).isEqualTo(server.head());
        assertThat(verdict.number("/checkpoints/checked")).isPositive();
        assertThat(verdict.number("/checkpoints/lastPosition")).isPositive();
        assertThat(verdict.text("/checkpoints/problem")).isEmpty();
        assertThat(server.api().get("/metrics").body()).contains("trailer_checkpoint_position " + server.head());
    }

    @Test
    void all_of_it_is_found_whole_elsewhere_too() throws IOException, InterruptedException {
        var export = export("");
        assertThat(export.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(export.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"trailer-audit-1-" + server.head() + ".ndjson\"");
        var lines = export.body().lines().toList();
        assertThat(lines).hasSize(1 + (int) server.head());
        var header = Reply.JSON.readTree(lines.getFirst());
        assertThat(header.at("/format").asString()).isEqualTo("trailer-audit-export");
        assertThat(header.at("/head/position").asLong()).isEqualTo(server.head());
        var ended = verify(kept(export));
        assertThat(ended.status()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("Positions 1 to " + server.head(), "checkpoints agree", "Whole");
    }

    @Test
    void a_part_carries_the_chain_that_it_follows() throws IOException, InterruptedException {
        var lines = export("?from=5&to=9").body().lines().toList();
        assertThat(lines).hasSize(6);
        var before = export("?from=4&to=4").body().lines().toList().getLast();
        assertThat(Reply.JSON.readTree(lines.getFirst()).at("/before").asString())
                .isEqualTo(Reply.JSON.readTree(before).at("/chain").asString());
        var ended = verify(kept(export("?from=5")));
        assertThat(ended.status()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("What is before them rests on an earlier export whose chain at 4 is");
        assertThat(export("?from=" + (server.head() + 1)).body().lines()).hasSize(1);
    }

    @Test
    void what_was_changed_in_it_is_named_and_what_is_no_export_is_refused() throws IOException, InterruptedException {
        var lines = new ArrayList<>(export("").body().lines().toList());
        var third = lines.get(3);
        lines.set(3, third.replaceFirst("\"type\":\"", "\"type\":\"not-"));
        var changed = verify(Files.write(folder.resolve("changed.ndjson"), lines));
        assertThat(changed.status()).as(changed.said()).isEqualTo(1);
        assertThat(changed.said())
                .contains("Not whole, from position 3: one of its columns is not what was recorded")
                .doesNotContain("\nWhole");

        lines.set(3, third.substring(0, 50));
        var broken = verify(Files.write(folder.resolve("broken.ndjson"), lines));
        assertThat(broken.status()).as(broken.said()).isEqualTo(1);
        assertThat(broken.said()).contains("Not whole, from position 3: line ");

        for (var file : List.of(Files.write(folder.resolve("none.ndjson"), List.of("{}")), folder.resolve("absent"))) {
            assertThat(verify(file).status()).isEqualTo(2);
        }
        assertThat(Program.run("verify").status()).isEqualTo(2);
        assertThat(Program.run("verify", "--help").status()).isZero();
    }

    @Test
    void without_checkpoints_the_answer_says_what_would_not_be_found() throws IOException, InterruptedException {
        var ended = Program.run("verify", kept(export("")).toString());
        assertThat(ended.status()).as(ended.said()).isZero();
        assertThat(ended.said()).contains("Warning: no --checkpoints were given");
    }

    @Test
    void a_row_is_exported_byte_for_byte() {
        var row = Reply.JSON.readTree(
                export("?from=1&to=1").body().lines().toList().getLast());
        var stored = server.sql()
                .sql("select payload, encode(digest, 'base64') as digest from ledger_event where position = 1")
                .query()
                .singleRow();
        assertThat(row.at("/payload").binaryValue()).isEqualTo((byte[]) stored.get("payload"));
        assertThat(row.at("/digest").asString()).isEqualTo(stored.get("digest"));
        assertThat(new String(row.at("/metadata").binaryValue(), StandardCharsets.UTF_8))
                .startsWith("{");
    }

    @Test
    void parameters_that_make_no_sense_are_refused_by_name() {
        long head = server.head();
        for (var wrong : List.of(
                "from=0",
                "from=x",
                "from=-1",
                "from=1&from=2",
                "to=0",
                "to=" + (head + 1),
                "from=" + (head + 2),
                "from=5&to=4",
                "until=3")) {
            var reply = server.api().get(EXPORT + "?" + wrong);
            assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
            assertThat(reply.text("/errors/0/pointer")).as(wrong).isIn("?from", "?to", "?until");
            assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
            assertThat(reply.header("Content-Disposition")).isNull();
        }
    }
}
