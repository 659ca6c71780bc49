package dev.trailer.ledger;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch of commands in one transaction: locks the head, judges each command on what is there, writes those that
 * pass, and answers who was refused. Does not commit. One thread.
 */
final class BatchWriter {
    private static final String INSERT_EVENTS = """
            insert into ledger_event (position, event_id, aggregate_kind, aggregate_id, sequence, type, revision,
              recorded_at, metadata, payload, salt, digest, leaf, chain)
            select p, e::uuid, k, i, s, t, r, ?, m, b, salt, d, l, c
            from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::int[],
              ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[])
              x (p, e, k, i, s, t, r, m, b, salt, d, l, c)""";

    /** @param refused by command; those not in it were written */
    record Written(List<RecordedEvent> events, Map<Append, RuntimeException> refused, Map<Append, Long> positions) {}

    private record Head(long position, byte[] chain, Instant recordedAt) {}

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final HashChain hashes = new HashChain();

    BatchWriter(Clock clock) {
        this.clock = clock;
    }

    Written write(Connection connection, List<Append> batch) throws SQLException {
        var head = lockHead(connection);
        var refused = new IdentityHashMap<Append, RuntimeException>();
        var granted = judge(connection, batch, refused);
        var recordedAt = max(head.recordedAt, clock.instant().truncatedTo(ChronoUnit.MICROS));
        var positions = new IdentityHashMap<Append, Long>();
        var rows = new EventRows(head, recordedAt);
        for (Append append : granted) {
            for (Entry entry : append.entries()) {
                rows.add(append, entry);
            }
            positions.put(append, rows.position);
        }
        rows.insert(connection);
        writeSides(connection, granted);
        writeIdempotency(connection, granted, positions, recordedAt);
        return new Written(rows.recorded, refused, positions);
    }

    private static Head lockHead(Connection connection) throws SQLException {
        try (var query =
                        connection.prepareStatement("select position, chain, recorded_at from ledger_head for update");
                var row = query.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the ledger has no head row");
            }
            var at = row.getTimestamp(3);
            return new Head(row.getLong(1), row.getBytes(2), at.getTime() < 0 ? Instant.EPOCH : at.toInstant());
        }
    }

    private static List<Append> judge(Connection connection, List<Append> batch, Map<Append, RuntimeException> refused)
            throws SQLException {
        var sequences = lastSequences(connection, batch);
        var keys = usedKeys(connection, batch);
        var claims = batch.stream().flatMap(a -> a.claims().stream()).toList();
        var book = ClaimStore.load(connection, claims);
        var granted = new ArrayList<Append>();
        for (Append append : batch) {
            var refusal = refusal(append, sequences, keys, book);
            if (refusal == null) {
                granted.add(append);
                append.entries().forEach(e -> sequences.put(e.subject().id(), e.sequence()));
            } else {
                refused.put(append, refusal);
            }
        }
        ClaimStore.save(connection, book);
        return granted;
    }

    private static @Nullable RuntimeException refusal(
            Append append, Map<String, Long> sequences, Set<String> keys, ClaimBook book) {
        var key = append.idempotency() == null ? null : keyOf(append.idempotency());
        if (key != null && keys.contains(key)) {
            return new KeyTaken();
        }
        var next = new HashMap<String, Long>();
        for (Entry entry : append.entries()) {
            var id = entry.subject().id();
            long expected = next.computeIfAbsent(id, i -> sequences.getOrDefault(i, -1L)) + 1;
            if (entry.sequence() != expected) {
                return new SequenceConflict(id);
            }
            next.put(id, expected);
        }
        Reason.Refusal reason = book.grant(append.claims());
        if (reason != null) {
            return new Refused(reason);
        }
        if (key != null) {
            keys.add(key);
        }
        return null;
    }

    private static Map<String, Long> lastSequences(Connection connection, List<Append> batch) throws SQLException {
        var ids = batch.stream()
                .flatMap(a -> a.entries().stream())
                .map(e -> e.subject().id())
                .distinct()
                .toArray();
        var found = new HashMap<String, Long>();
        if (ids.length == 0) {
            return found;
        }
        try (var query = connection.prepareStatement("""
                select id, (select sequence from ledger_event where aggregate_id = id order by sequence desc limit 1)
                from unnest(?::text[]) id""")) {
            query.setArray(1, connection.createArrayOf("text", ids));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    long sequence = rows.getLong(2);
                    if (!rows.wasNull()) {
                        found.put(rows.getString(1), sequence);
                    }
                }
            }
        }
        return found;
    }

    private static Set<String> usedKeys(Connection connection, List<Append> batch) throws SQLException {
        var found = new HashSet<String>();
        var records =
                batch.stream().flatMap(a -> Stream.ofNullable(a.idempotency())).toList();
        if (records.isEmpty()) {
            return found;
        }
        try (var query = connection.prepareStatement("""
                select r.principal, r.key from idempotency_record r
                join unnest(?::text[], ?::text[]) k (principal, key) using (principal, key)""")) {
            query.setArray(
                    1,
                    connection.createArrayOf(
                            "text",
                            records.stream().map(IdempotencyRecord::principal).toArray()));
            query.setArray(
                    2,
                    connection.createArrayOf(
                            "text", records.stream().map(IdempotencyRecord::key).toArray()));
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1) + '\n' + rows.getString(2));
                }
            }
        }
        return found;
    }

    private static String keyOf(IdempotencyRecord record) {
        return record.principal() + '\n' + record.key();
    }

    private static void writeSides(Connection connection, List<Append> granted) throws SQLException {
        var bySql = new LinkedHashMap<String, List<SideWrite>>();
        for (Append append : granted) {
            for (SideWrite side : append.sideWrites()) {
                bySql.computeIfAbsent(side.sql(), s -> new ArrayList<>()).add(side);
            }
        }
        for (var entry : bySql.entrySet()) {
            try (var statement = connection.prepareStatement(entry.getKey())) {
                for (SideWrite side : entry.getValue()) {
                    bind(statement, side);
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }

    private static void bind(PreparedStatement statement, SideWrite side) throws SQLException {
        int at = 1;
        for (Object parameter : side.parameters()) {
            if (parameter instanceof Instant instant) {
                statement.setTimestamp(at++, Timestamp.from(instant));
            } else {
                statement.setObject(at++, parameter);
            }
        }
    }

    private static void writeIdempotency(
            Connection connection, List<Append> granted, Map<Append, Long> positions, Instant recordedAt)
            throws SQLException {
        if (granted.stream().allMatch(a -> a.idempotency() == null)) {
            return;
        }
        try (var insert = connection.prepareStatement("""
                insert into idempotency_record
                  (principal, key, request_hash, status, headers, body, position, recorded_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""")) {
            for (Append append : granted) {
                var record = append.idempotency();
                if (record == null) {
                    continue;
                }
                insert.setString(1, record.principal());
                insert.setString(2, record.key());
                insert.setBytes(3, record.requestHash());
                insert.setInt(4, record.status());
                insert.setBytes(5, record.headers());
                insert.setBytes(6, record.body());
                insert.setLong(7, positions.getOrDefault(append, 0L));
                insert.setTimestamp(8, Timestamp.from(recordedAt));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static Instant max(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** The columns of the rows to insert, as they grow. */
    private final class EventRows {
        private final Instant recordedAt;
        private final List<RecordedEvent> recorded = new ArrayList<>();
        private final List<Entry> entries = new ArrayList<>();
        private final List<byte[]> metadata = new ArrayList<>();
        private final List<byte[]> salts = new ArrayList<>();
        private final List<byte[]> digests = new ArrayList<>();
        private final List<byte[]> leaves = new ArrayList<>();
        private final List<byte[]> chains = new ArrayList<>();
        private long position;
        private byte[] chain;

        EventRows(Head head, Instant recordedAt) {
            this.recordedAt = recordedAt;
            this.position = head.position;
            this.chain = head.chain;
        }

        void add(Append append, Entry entry) {
            position++;
            var salt = new byte[HashChain.SALT_LENGTH];
            random.nextBytes(salt);
            var encoded = entry.encoded();
            var digest = hashes.digest(salt, append.metadataBytes(), encoded.payload());
            var leaf = hashes.leaf(
                    position,
                    entry.eventId(),
                    entry.subject().kind().storedName(),
                    entry.subject().id(),
                    entry.sequence(),
                    encoded.type(),
                    encoded.revision(),
                    recordedAt,
                    digest);
            chain = hashes.chain(chain, leaf);
            entries.add(entry);
            metadata.add(append.metadataBytes());
            salts.add(salt);
            digests.add(digest);
            leaves.add(leaf);
            chains.add(chain);
            recorded.add(new RecordedEvent(
                    position,
                    entry.eventId().toString(),
                    entry.subject(),
                    entry.sequence(),
                    encoded.type(),
                    entry.event(),
                    append.metadata(),
                    recordedAt));
        }

        void insert(Connection connection) throws SQLException {
            if (entries.isEmpty()) {
                return;
            }
            var at = OffsetDateTime.ofInstant(recordedAt, ZoneOffset.UTC);
            try (var insert = connection.prepareStatement(INSERT_EVENTS)) {
                insert.setObject(1, at);
                array(
                        insert,
                        2,
                        "bigint",
                        recorded.stream().map(RecordedEvent::position).toArray());
                array(
                        insert,
                        3,
                        "text",
                        entries.stream().map(e -> e.eventId().toString()).toArray());
                array(
                        insert,
                        4,
                        "text",
                        entries.stream()
                                .map(e -> e.subject().kind().storedName())
                                .toArray());
                array(
                        insert,
                        5,
                        "text",
                        entries.stream().map(e -> e.subject().id()).toArray());
                array(insert, 6, "bigint", entries.stream().map(Entry::sequence).toArray());
                array(
                        insert,
                        7,
                        "text",
                        entries.stream().map(e -> e.encoded().type()).toArray());
                array(
                        insert,
                        8,
                        "int",
                        entries.stream().map(e -> e.encoded().revision()).toArray());
                array(insert, 9, "bytea", metadata.toArray(byte[][]::new));
                array(
                        insert,
                        10,
                        "bytea",
                        entries.stream().map(e -> e.encoded().payload()).toArray(byte[][]::new));
                array(insert, 11, "bytea", salts.toArray(byte[][]::new));
                array(insert, 12, "bytea", digests.toArray(byte[][]::new));
                array(insert, 13, "bytea", leaves.toArray(byte[][]::new));
                array(insert, 14, "bytea", chains.toArray(byte[][]::new));
                insert.executeUpdate();
            }
            try (var update =
                    connection.prepareStatement("update ledger_head set position = ?, chain = ?, recorded_at = ?")) {
                update.setLong(1, position);
                update.setBytes(2, chain);
                update.setObject(3, at);
                update.executeUpdate();
            }
        }

        private static void array(PreparedStatement statement, int at, String type, Object[] values)
                throws SQLException {
            statement.setArray(at, statement.getConnection().createArrayOf(type, values));
        }
    }
}
