package dev.trailer.app.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.postgres.EmbeddedPostgres;
import dev.trailer.app.testing.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is changed behind the server's back is found, by the server and from an export, at the position that it should be.
 * Each run draws other tamperings; {@code -Dtrailer.audit.seed=N} draws those of a run that failed, {@code
 * -Dtrailer.audit.tamperings=N} more of them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTrailTest {
    private static final int TAMPERINGS = Integer.getInteger("trailer.audit.tamperings", 200);
    private static final int LARGE = 100_000;

    private final long seed = Long.getLong("trailer.audit.seed", System.nanoTime());
    private final EmbeddedPostgres postgres;

    AuditTrailTest(@TempDir Path folder) throws IOException, InterruptedException {
        postgres = EmbeddedPostgres.start(folder.resolve("postgres"));
    }

    @BeforeAll
    void say() {
        System.out.println("AuditTrailTest: -Dtrailer.audit.seed=" + seed);
    }

    @AfterAll
    void end() {
        postgres.close();
    }

    @Test
    void each_of_200_tamperings_is_found_at_the_first_position_that_is_bad(@TempDir Path folder) {
        var random = new Random(seed);
        var wrong = new ArrayList<String>();
        try (var ledger = AuditLedger.create(postgres, "tampered", folder, random)) {
            while (ledger.writer.position() < 300) {
                ledger.writer.append(1 + random.nextInt(40));
                ledger.attest();
            }
            ledger.keep();
            var tampering = new Tampering(ledger, random);
            for (int i = 0; i < TAMPERINGS; i++) {
                var done = Tampering.KINDS.get(i % Tampering.KINDS.size()).apply(tampering);
                var online = ledger.online();
                var offline = ledger.offline();
                if (!Long.valueOf(done.expected()).equals(online.firstBad())) {
                    wrong.add(done + ", but found online " + online);
                }
                if (!Long.valueOf(done.expected()).equals(offline.firstBad())) {
                    wrong.add(done + ", but found offline " + offline);
                }
                ledger.putBack();
            }
            assertThat(wrong).as("with -Dtrailer.audit.seed=" + seed).isEmpty();
            assertThat(ledger.online().whole()).as("put back").isTrue();
            assertThat(ledger.offline().whole()).as("put back").isTrue();
        }
    }

    @Test
    void an_untouched_ledger_of_100_000_is_whole_and_a_small_process_can_tell_so_from_an_export(@TempDir Path folder)
            throws IOException, InterruptedException {
        try (var ledger = AuditLedger.create(postgres, "large", folder, new Random(seed))) {
            for (int i = 0; i < 10; i++) {
                ledger.writer.append(LARGE / 10);
                ledger.attest();
            }
            var online = ledger.online();
            assertThat(online.whole()).as(online.toString()).isTrue();
            assertThat(online.checked()).isEqualTo(LARGE);
            assertThat(online.checkpoints().checked()).isEqualTo(10);

            var export = ledger.export(1, -1);
            assertThat(Files.size(export)).isGreaterThan(50L << 20);
            var told = Program.run(
                    "verify",
                    export.toString(),
                    "--checkpoints",
                    ledger.checkpointFile().toString());
            assertThat(told.status()).as(told.said()).isZero();
            assertThat(told.said())
                    .contains("Positions 1 to 100000", "10 checkpoints agree, the last at 100000", "Whole");
        }
    }

    @Test
    void parts_of_an_export_are_verified_each_and_hang_together_by_their_chains(@TempDir Path folder) {
        try (var ledger = AuditLedger.create(postgres, "parts", folder, new Random(seed))) {
            ledger.writer.append(20);
            ledger.attest();
            ledger.writer.append(20);
            var first = ledger.verify(ledger.export(1, 15));
            assertThat(first.verdict().whole()).as(first.toString()).isTrue();
            assertThat(first.verdict().checked()).isEqualTo(15);
            var second = ledger.verify(ledger.export(16, 40));
            assertThat(second.verdict().whole()).as(second.toString()).isTrue();
            assertThat(second.before()).isEqualTo(first.chain());
            assertThat(second.verdict().checkpoints().checked()).isEqualTo(1);
            var nothing = ledger.verify(ledger.export(41, 40));
            assertThat(nothing.verdict().whole()).as(nothing.toString()).isTrue();
            assertThat(nothing.before()).isEqualTo(second.chain());

            ledger.sql()
                    .sql("update ledger_event set type = 'x' where position = 18")
                    .update();
            assertThat(ledger.verify(ledger.export(16, 40)).verdict().firstBad())
                    .isEqualTo(18);
            assertThat(ledger.verify(ledger.export(19, 40)).verdict().firstBad())
                    .isNull();
        }
    }

    @Test
    void checkpoints_of_another_timeline_are_counted_and_not_compared(@TempDir Path folder) {
        try (var ledger = AuditLedger.create(postgres, "restored", folder, new Random(seed))) {
            ledger.writer.append(20);
            ledger.attest();
            ledger.writer.append(20);
            ledger.attest();
            var row = ledger.writer.row(30);
            ledger.sql().sql("delete from ledger_event where position > 30").update();
            ledger.writer.moveHead(30, row.chain(), row.recordedAt());
            var cut = ledger.online();
            assertThat(cut.firstBad()).isEqualTo(31);
            assertThat(cut.problem())
                    .startsWith("truncated: the checkpoint of ")
                    .endsWith("says 40, the ledger ends at 30");
            ledger.checkpointer.write();
            assertThat(ledger.checkpointer.trouble()).contains("the ledger ends at 30");

            ledger.sql().sql("update ledger_head set timeline = 'another'").update();
            var restored = ledger.online();
            assertThat(restored.whole()).as(restored.toString()).isTrue();
            assertThat(restored.checkpoints().checked()).isZero();
            assertThat(restored.checkpoints().elsewhere()).isEqualTo(2);
            assertThat(restored.checkpoints().warnings()).anyMatch(w -> w.contains("belong to another timeline"));
            ledger.checkpointer.write();
            assertThat(ledger.checkpointer.trouble()).isNull();
            assertThat(ledger.checkpointer.position()).isEqualTo(30);
            assertThat(ledger.online().checkpoints().lastPosition()).isEqualTo(30);
        }
    }

    @Test
    void a_checkpoint_is_written_only_of_what_is_committed_and_only_when_there_is_more(@TempDir Path folder)
            throws IOException {
        try (var ledger = AuditLedger.create(postgres, "committed", folder, new Random(seed))) {
            ledger.checkpointer.write();
            assertThat(ledger.checkpointFile())
                    .as("of an empty ledger there is nothing to attest")
                    .doesNotExist();
            assertThat(ledger.online().checkpoints().warnings()).anyMatch(w -> w.contains("there is no file"));
            ledger.writer.append(5);
            ledger.checkpointer.write();
            ledger.checkpointer.write();
            assertThat(Files.readAllLines(ledger.checkpointFile())).hasSize(1);
            assertThat(Files.getPosixFilePermissions(ledger.checkpointFile())).hasSize(2);

            ledger.uncommitted("update ledger_head set position = 6", () -> ledger.checkpointer.write());
            assertThat(Files.readAllLines(ledger.checkpointFile())).hasSize(1);
            assertThat(ledger.checkpointer.position()).isEqualTo(5);
        }
    }

    @Test
    void a_file_that_cannot_be_written_is_told_and_written_again_once_it_can(@TempDir Path folder) throws IOException {
        try (var ledger = AuditLedger.create(postgres, "unwritable", folder, new Random(seed))) {
            ledger.writer.append(5);
            Files.createDirectory(ledger.checkpointFile());
            ledger.checkpointer.write();
            assertThat(ledger.checkpointer.trouble()).contains("no checkpoint can be written");
            Files.delete(ledger.checkpointFile());
            ledger.checkpointer.write();
            assertThat(ledger.checkpointer.trouble()).isNull();
            assertThat(ledger.online().checkpoints().lastPosition()).isEqualTo(5);
        }
    }
}
