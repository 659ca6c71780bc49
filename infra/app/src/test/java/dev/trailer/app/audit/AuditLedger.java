package dev.trailer.app.audit;

import com.zaxxer.hikari.HikariDataSource;
import dev.trailer.app.postgres.EmbeddedPostgres;
import dev.trailer.ledger.audit.CheckpointLog;
import dev.trailer.ledger.audit.CheckpointReader;
import dev.trailer.ledger.audit.CheckpointVerifier;
import dev.trailer.ledger.audit.Checkpointer;
import dev.trailer.ledger.audit.ExportVerifier;
import dev.trailer.ledger.audit.ExportVerifier.NotAnExport;
import dev.trailer.ledger.audit.LedgerExport;
import dev.trailer.ledger.audit.Verdict;
import dev.trailer.ledger.audit.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A ledger in a database of its own, with checkpoints in a folder of its own, and no server. */
final class AuditLedger implements AutoCloseable {
    private final HikariDataSource database;
    private final Path folder;
    private final List<Long> checkpoints = new ArrayList<>();
    final RowWriter writer;
    final CheckpointLog log;
    final Checkpointer checkpointer;

    private AuditLedger(HikariDataSource database, Path folder, Random random) {
        this.database = database;
        this.folder = folder;
        this.writer = new RowWriter(database, random);
        this.log = new CheckpointLog(checkpointFile(), folder.resolve("checkpoint-key"));
        this.checkpointer = new Checkpointer(database, log, Clock.systemUTC());
    }

    static AuditLedger create(EmbeddedPostgres postgres, String name, Path folder, Random random) {
        var database = new HikariDataSource();
        database.setJdbcUrl(postgres.url());
        database.setUsername(postgres.user());
        database.setPassword(postgres.password());
        try (database) {
            var sql = JdbcClient.create(database);
            sql.sql("create database " + name).update();
            // What is shown here is not that it is durable, and hundreds of times it is put back.
            sql.sql("alter database " + name + " set synchronous_commit = off").update();
        }
        var own = new HikariDataSource();
        own.setJdbcUrl(postgres.url().replaceFirst("/postgres$", "/" + name));
        own.setUsername(postgres.user());
        own.setPassword(postgres.password());
        own.setMaximumPoolSize(3);
        Flyway.configure().dataSource(own).load().migrate();
        return new AuditLedger(own, folder, random);
    }

    JdbcClient sql() {
        return JdbcClient.create(database);
    }

    Path checkpointFile() {
        return folder.resolve("checkpoints.ndjson");
    }

    // ---- growing ----

    void attest() {
        checkpointer.write();
        checkpoints.add(writer.position());
    }

    /** The last attested position before this one; 0 if there is none. */
    long attestedBefore(long position) {
        return checkpoints.stream().filter(c -> c < position).max(Long::compare).orElse(0L);
    }

    /** The first attested position from this one on. */
    long attestedFrom(long position) {
        return checkpoints.stream()
                .filter(c -> c >= position)
                .min(Long::compare)
                .orElse(Long.MAX_VALUE);
    }

    /** While a change is made that is then taken back. */
    void uncommitted(String sql, Runnable meanwhile) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            meanwhile.run();
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    // ---- putting back ----

    /** Keeps a copy of everything. */
    void keep() {
        sql().sql("create table kept_event as select * from ledger_event").update();
        sql().sql("create table kept_head as select * from ledger_head").update();
    }

    void putBack() {
        sql().sql("""
                do $$ begin
                  truncate ledger_event;
                  insert into ledger_event select * from kept_event;
                  delete from ledger_head;
                  insert into ledger_head select * from kept_head;
                end $$""").update();
    }

    // ---- verifying ----

    Verdict online() {
        return new Verifier(database, log::reader).verify();
    }

    Verdict offline() {
        return verify(export(1, -1)).verdict();
    }

    ExportVerifier.Result verify(Path export) {
        try {
            var key = CheckpointVerifier.read(folder.resolve("checkpoint-key.pub"));
            return new ExportVerifier(_ -> {}).verify(export, CheckpointReader.open(checkpointFile(), key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NotAnExport e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @param to -1 for everything that there is */
    Path export(long from, long to) {
        var file = folder.resolve("export.ndjson");
        try (var export = LedgerExport.open(database, () -> log.now(Clock.systemUTC()));
                var out = Files.newOutputStream(file)) {
            export.begin(from, to < 0 ? export.head() : to);
            for (var piece = export.next(); piece != null; piece = export.next()) {
                out.write(piece);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
