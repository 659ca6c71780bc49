package dev.trailer.app.audit;

import dev.trailer.ledger.HashChain;
import dev.trailer.ledger.audit.AuditRow;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes rows as the committer does, only that they mean nothing; and writes history anew, as somebody would who may. */
final class RowWriter {
    private static final int BATCH = 2_000;
    private static final List<String> TYPES = List.of("workspace.created", "workspace.observed", "host.enrolled");

    private final DataSource database;
    private final Random random;
    private final HashChain hashes = new HashChain();
    private long position;
    private byte[] chain = HashChain.beginning();
    private Instant recordedAt = Instant.parse("2026-01-02T03:04:05.678901Z");

    RowWriter(DataSource database, Random random) {
        this.database = database;
        this.random = random;
    }

    long position() {
        return position;
    }

    void append(int count) {
        var rows = new ArrayList<AuditRow>(BATCH);
        for (int left = count; left > 0; left--) {
            recordedAt = recordedAt.plusNanos(1_000L * (1 + random.nextInt(1_000_000)));
            var row = chained(fresh(++position, recordedAt), chain);
            chain = row.chain();
            rows.add(row);
            if (rows.size() == BATCH || left == 1) {
                insert(rows);
                rows.clear();
            }
        }
        moveHead(position, chain, recordedAt);
    }

    /** A row that nobody recorded; its hashes are nothing. */
    AuditRow fresh(long at, Instant when) {
        return new AuditRow(
                at,
                uuid(),
                "workspace",
                uuid().toString(),
                random.nextInt(3),
                TYPES.get(random.nextInt(TYPES.size())),
                1,
                when,
                text(60),
                text(random.nextInt(20) == 0 ? 4_000 : 200),
                bytes(16),
                bytes(32),
                bytes(32),
                bytes(32));
    }

    /** The same row with the hashes that it should have behind {@code before}. */
    AuditRow chained(AuditRow row, byte[] before) {
        var digest = hashes.digest(row.salt(), row.metadata(), row.payload());
        var leaf = hashes.leaf(
                row.position(),
                row.eventId(),
                row.kind(),
                row.id(),
                row.sequence(),
                row.type(),
                row.revision(),
                row.recordedAt(),
                digest);
        return new AuditRow(
                row.position(),
                row.eventId(),
                row.kind(),
                row.id(),
                row.sequence(),
                row.type(),
                row.revision(),
                row.recordedAt(),
                row.metadata(),
                row.payload(),
                row.salt(),
                digest,
                leaf,
                hashes.chain(before, leaf));
    }

    /** Hashes everything again from a position on, and moves the head: the chain is then as good as new. */
    void rewriteFrom(long first) {
        var before = first == 1 ? HashChain.beginning() : row(first - 1).chain();
        var rows = new ArrayList<AuditRow>();
        for (var row : rowsFrom(first)) {
            var again = chained(row, before);
            before = again.chain();
            rows.add(again);
        }
        JdbcClient.create(database)
                .sql("delete from ledger_event where position >= ?")
                .param(first)
                .update();
        insert(rows);
        if (!rows.isEmpty()) {
            moveHead(rows.getLast().position(), before, rows.getLast().recordedAt());
        }
    }

    AuditRow row(long at) {
        return JdbcClient.create(database)
                .sql("select * from ledger_event where position = ?")
                .param(at)
                .query(RowWriter::read)
                .single();
    }

    private List<AuditRow> rowsFrom(long at) {
        return JdbcClient.create(database)
                .sql("select * from ledger_event where position >= ? order by position")
                .param(at)
                .query(RowWriter::read)
                .list();
    }

    private static AuditRow read(ResultSet row, int number) throws SQLException {
        return new AuditRow(
                row.getLong("position"),
                row.getObject("event_id", UUID.class),
                row.getString("aggregate_kind"),
                row.getString("aggregate_id"),
                row.getLong("sequence"),
                row.getString("type"),
                row.getInt("revision"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                row.getBytes("metadata"),
                row.getBytes("payload"),
                row.getBytes("salt"),
                row.getBytes("digest"),
                row.getBytes("leaf"),
                row.getBytes("chain"));
    }

    void moveHead(long to, byte[] headChain, Instant when) {
        JdbcClient.create(database)
                .sql("update ledger_head set position = ?, chain = ?, recorded_at = ?")
                .params(to, headChain, OffsetDateTime.ofInstant(when, ZoneOffset.UTC))
                .update();
    }

    void insert(List<AuditRow> rows) {
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement("""
                        insert into ledger_event (position, event_id, aggregate_kind, aggregate_id, sequence, type,
                          revision, recorded_at, metadata, payload, salt, digest, leaf, chain)
                        select * from unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::int[],
                          ?::timestamptz[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[])""")) {
            List<Function<AuditRow, Object>> columns = List.of(
                    AuditRow::position,
                    AuditRow::eventId,
                    AuditRow::kind,
                    AuditRow::id,
                    AuditRow::sequence,
                    AuditRow::type,
                    AuditRow::revision,
                    row -> row.recordedAt().toString());
            var types = List.of("bigint", "uuid", "text", "text", "bigint", "text", "int", "timestamptz");
            for (int i = 0; i < columns.size(); i++) {
                insert.setArray(
                        i + 1,
                        connection.createArrayOf(
                                types.get(i), rows.stream().map(columns.get(i)).toArray()));
            }
            List<Function<AuditRow, byte[]>> parts = List.of(
                    AuditRow::metadata,
                    AuditRow::payload,
                    AuditRow::salt,
                    AuditRow::digest,
                    AuditRow::leaf,
                    AuditRow::chain);
            for (int i = 0; i < parts.size(); i++) {
                insert.setArray(columns.size() + i + 1, bytes(connection, rows, parts.get(i)));
            }
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Array bytes(Connection connection, List<AuditRow> rows, Function<AuditRow, byte[]> part)
            throws SQLException {
        return connection.createArrayOf("bytea", rows.stream().map(part).toArray(byte[][]::new));
    }

    UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    byte[] bytes(int length) {
        var bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] text(int length) {
        var text = new StringBuilder("{\"ä\":\"");
        while (text.length() < length) {
            text.append(Long.toString(random.nextLong(), 36));
        }
        return text.append("\"}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
