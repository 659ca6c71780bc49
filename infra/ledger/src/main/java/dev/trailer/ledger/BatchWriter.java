package dev.trailer.ledger;

import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.ledger.ClaimBook.Pool;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one batch of commands in one transaction and commits it. Each command is judged on what is there at that moment;
 * those that pass are written, the others refused alone. One thread.
 *
 * <p>Carefully: locks the head, reads what the batch touches, judges, writes and commits; two round trips. Quickly, where
 * everything to judge them by is in memory: one round trip that writes only if the head is still the one that this server
 * left, which also proves that what is in memory is true.
 */
final class BatchWriter {
    /** @param refusals by command; those not in it were written */
    record Written(
            List<RecordedEvent> events,
            IdentityHashMap<Append, RuntimeException> refusals,
            IdentityHashMap<Append, Long> positions) {}

    /** Side writes that go as statements of their own: each number of them is another text for the database to prepare. */
    private static final int FEW = 3;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final HashChain hashes = new HashChain();
    private final Memory memory = new Memory();

    BatchWriter(Clock clock) {
        this.clock = clock;
    }

    /** What it knows of pools as of the head that it last left, null if nothing. On the thread that writes. */
    @Nullable
    KnownPools knownPools() {
        var head = memory.head();
        var pools = memory.pools();
        return head == null || pools == null ? null : new KnownPools(head.position(), pools);
    }

    /** On an exception nothing is in memory any more, and the caller rolls back or disconnects. */
    Written write(Connection connection, List<Append> batch) throws SQLException {
        try {
            var quick = writeQuickly(connection, batch);
            return quick != null ? quick : writeCarefully(connection, batch);
        } catch (SQLException | RuntimeException e) {
            memory.forget();
            throw e;
        }
    }

    /** @return null if it cannot be done so; then nothing was written */
    private @Nullable Written writeQuickly(Connection connection, List<Append> batch) throws SQLException {
        var head = memory.head();
        if (head == null || !batch.stream().allMatch(this::isQuick)) {
            return null;
        }
        var judge = new Judge(memory.sequences(idsIn(batch)), Set.of(), memory.book(claimsIn(batch)));
        judge.judge(batch);
        var rows = rows(head);
        var positions = addAll(rows, judge.granted());
        var script = new Script();
        if (!rows.isEmpty()) {
            rows.addBehindHeadTo(script);
            ClaimStore.saveNew(judge.book(), script);
            addAnswers(script, judge.granted(), positions, rows.after());
            addSides(script, judge.granted());
        }
        if (script.isEmpty()) {
            // Nothing would prove what they were refused for.
            return null;
        }
        if (!commitQuickly(connection, script)) {
            memory.forget();
            return null;
        }
        memory.left(rows.after(), judge.sequences(), judge.book());
        return new Written(rows.recorded(), judge.refusals(), positions);
    }

    private boolean isQuick(Append append) {
        return !append.entries().isEmpty()
                && append.sideWrites().stream().allMatch(SideWrite::manyAtOnce)
                && memory.covers(append);
    }

    /** @return false if somebody else has written, or the id of a new aggregate, a name or a key is in use */
    private static boolean commitQuickly(Connection connection, Script script) throws SQLException {
        boolean single = script.isSingle();
        connection.setAutoCommit(single);
        if (!single) {
            script.update("commit");
        }
        try {
            script.run(connection);
            return true;
        } catch (SQLException e) {
            if (!isTaken(e) && !EventRows.isHeadMoved(e)) {
                throw e;
            }
            if (!single) {
                connection.rollback();
            }
            return false;
        }
    }

    private static boolean isTaken(SQLException e) {
        return "23505".equals(e.getSQLState());
    }

    private static List<Claim> claimsIn(List<Append> batch) {
        return batch.stream().flatMap(append -> append.claims().stream()).toList();
    }

    private static Set<String> idsIn(List<Append> batch) {
        var ids = new LinkedHashSet<String>();
        for (Append append : batch) {
            append.entries().forEach(entry -> ids.add(entry.subject().id()));
            ids.addAll(append.basis().keySet());
        }
        return ids;
    }

    private Written writeCarefully(Connection connection, List<Append> batch) throws SQLException {
        connection.setAutoCommit(false);
        var reads = new Reads(batch);
        reads.run(connection, memory.pools() == null);
        var judge = new Judge(reads.sequences, reads.keys, reads.claims.book());
        judge.judge(batch);
        var rows = rows(reads.head());
        var positions = addAll(rows, judge.granted());
        var script = new Script();
        rows.addTo(script);
        ClaimStore.save(judge.book(), script);
        addAnswers(script, judge.granted(), positions, rows.after());
        writeSides(connection, judge.granted(), script);
        commit(connection, script);
        if (memory.head() == null || !memory.head().isAt(reads.head())) {
            memory.forget();
        }
        if (reads.allPools() != null) {
            memory.allPools(reads.allPools());
        }
        memory.left(rows.after(), judge.sequences(), judge.book());
        return new Written(rows.recorded(), judge.refusals(), positions);
    }

    /** In the same round trip as what is written. */
    private static void commit(Connection connection, Script script) throws SQLException {
        script.update("commit").run(connection);
    }

    private EventRows rows(Head head) {
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new EventRows(head, now.isAfter(head.recordedAt()) ? now : head.recordedAt(), hashes, random);
    }

    private static IdentityHashMap<Append, Long> addAll(EventRows rows, List<Append> granted) {
        var positions = new IdentityHashMap<Append, Long>();
        granted.forEach(append -> positions.put(append, rows.add(append)));
        return positions;
    }

    /** What a batch is judged by, read under the head's lock. */
    private static final class Reads {
        private final Set<String> ids;
        private final List<IdempotencyRecord> records;
        private final ClaimStore claims;
        private final Map<String, Long> sequences = new HashMap<>();
        private final Set<String> keys = new HashSet<>();
        private @Nullable Head head;
        private @Nullable Map<String, Pool> allPools;

        Reads(List<Append> batch) {
            ids = idsIn(batch);
            records = batch.stream()
                    .flatMap(append -> Stream.ofNullable(append.idempotency()))
                    .toList();
            claims = new ClaimStore(claimsIn(batch));
        }

        void run(Connection connection, boolean withAllPools) throws SQLException {
            var script = new Script()
                    .query("select position, chain, recorded_at from ledger_head for update", this::readHead);
            if (!ids.isEmpty()) {
                script.query("""
                        select id,
                          (select sequence from ledger_event where aggregate_id = id order by sequence desc limit 1)
                        from unnest(?::text[]) id""", this::readSequences, (Object) ids.toArray(String[]::new));
            }
            if (!records.isEmpty()) {
                script.query(
                        """
                        select r.principal, r.key from idempotency_record r
                        join unnest(?::text[], ?::text[]) k (principal, key) using (principal, key)""",
                        this::readKeys,
                        records.stream().map(IdempotencyRecord::principal).toArray(String[]::new),
                        records.stream().map(IdempotencyRecord::key).toArray(String[]::new));
            }
            if (withAllPools) {
                claims.addWithAllPoolsTo(script);
            } else {
                claims.addTo(script);
            }
            script.run(connection);
            allPools = withAllPools ? claims.pools() : null;
        }

        /** Null where not all were read. */
        @Nullable
        Map<String, Pool> allPools() {
            return allPools;
        }

        private void readHead(ResultSet rows) throws SQLException {
            if (!rows.next()) {
                throw new SQLException("the ledger has no head row");
            }
            var at = rows.getTimestamp(3);
            // Before the first event it is minus infinity.
            head = new Head(rows.getLong(1), rows.getBytes(2), at.getTime() < 0 ? Instant.EPOCH : at.toInstant());
        }

        private void readSequences(ResultSet rows) throws SQLException {
            while (rows.next()) {
                long sequence = rows.getLong(2);
                if (!rows.wasNull()) {
                    sequences.put(rows.getString(1), sequence);
                }
            }
        }

        private void readKeys(ResultSet rows) throws SQLException {
            while (rows.next()) {
                keys.add(Judge.key(rows.getString(1), rows.getString(2)));
            }
        }

        Head head() {
            return Objects.requireNonNull(head, "read first");
        }
    }

    private static void addAnswers(
            Script script, List<Append> granted, IdentityHashMap<Append, Long> positions, Head after) {
        var answered =
                granted.stream().filter(append -> append.idempotency() != null).toList();
        if (answered.isEmpty()) {
            return;
        }
        var records = answered.stream()
                .flatMap(append -> Stream.ofNullable(append.idempotency()))
                .toList();
        script.update(
                """
                insert into idempotency_record
                  (recorded_at, principal, key, request_hash, status, headers, body, position)
                select ?::timestamptz, * from unnest(?::text[], ?::text[], ?::bytea[], ?::int[], ?::bytea[], ?::bytea[], ?::bigint[])""",
                after.time(),
                records.stream().map(IdempotencyRecord::principal).toArray(String[]::new),
                records.stream().map(IdempotencyRecord::key).toArray(String[]::new),
                records.stream().map(IdempotencyRecord::requestHash).toArray(byte[][]::new),
                records.stream().mapToInt(IdempotencyRecord::status).toArray(),
                records.stream().map(IdempotencyRecord::headers).toArray(byte[][]::new),
                records.stream().map(IdempotencyRecord::body).toArray(byte[][]::new),
                answered.stream()
                        .mapToLong(append -> positions.getOrDefault(append, 0L))
                        .toArray());
    }

    /** Goes with everything else; only many alike that cannot go as one statement go as a batch of their own. */
    private static void writeSides(Connection connection, List<Append> granted, Script script) throws SQLException {
        addSides(script, granted);
        var bySql = granted.stream()
                .flatMap(append -> append.sideWrites().stream())
                .filter(side -> !side.manyAtOnce())
                .collect(Collectors.groupingBy(SideWrite::sql, LinkedHashMap::new, Collectors.toList()));
        for (var sides : bySql.values()) {
            if (sides.size() <= FEW) {
                sides.forEach(
                        side -> script.update(side.sql(), side.parameters().toArray()));
            } else {
                writeBatch(connection, sides);
            }
        }
    }

    /** Those that go many at once. */
    private static void addSides(Script script, List<Append> granted) {
        granted.stream()
                .flatMap(append -> append.sideWrites().stream())
                .filter(SideWrite::manyAtOnce)
                .collect(Collectors.groupingBy(SideWrite::sql, LinkedHashMap::new, Collectors.toList()))
                .forEach((sql, sides) -> {
                    var columns = new Object[sides.getFirst().parameters().size()];
                    for (int i = 0; i < columns.length; i++) {
                        int column = i;
                        columns[i] = sides.stream()
                                .map(side -> (String) side.parameters().get(column))
                                .toArray(String[]::new);
                    }
                    script.update(sql, columns);
                });
    }

    private static void writeBatch(Connection connection, List<SideWrite> sides) throws SQLException {
        try (var statement = connection.prepareStatement(sides.getFirst().sql())) {
            for (SideWrite side : sides) {
                int at = 1;
                for (Object parameter : side.parameters()) {
                    Script.bind(statement, at++, parameter);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
