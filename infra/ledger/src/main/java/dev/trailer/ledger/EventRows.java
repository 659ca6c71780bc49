package dev.trailer.ledger;

import dev.trailer.domain.facts.RecordedEvent;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The rows that a batch adds to the ledger, each chained to the one before, beginning behind a head. One batch. */
final class EventRows {
    private static final String COLUMNS = """
            ledger_event (position, event_id, aggregate_kind, aggregate_id, sequence, type, revision,
              recorded_at, metadata, payload, salt, digest, leaf, chain)
            select p, e::uuid, k, i, s, t, r, ?, m, b, salt, d, l, c
            from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::int[],
              ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[])
              x (p, e, k, i, s, t, r, m, b, salt, d, l, c)""";
    private static final String INSERT = "insert into " + COLUMNS;
    private static final String MOVE_HEAD = "update ledger_head set position = ?, chain = ?, recorded_at = ?";
    /** Fails, dividing by zero, unless the head is where it is thought to be. */
    private static final String INSERT_BEHIND = "with moved as (" + MOVE_HEAD
            + " where position = ? and chain = ? returning 1)\ninsert into " + COLUMNS
            + ", (select 1 / count(*) as held from moved) head where head.held = 1";

    private final Head before;
    private final Instant recordedAt;
    private final HashChain hashes;
    private final SecureRandom random;
    private final List<RecordedEvent> recorded = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<byte[]> metadata = new ArrayList<>();
    private final List<byte[]> salts = new ArrayList<>();
    private final List<byte[]> digests = new ArrayList<>();
    private final List<byte[]> leaves = new ArrayList<>();
    private final List<byte[]> chains = new ArrayList<>();
    private long position;
    private byte[] chain;

    EventRows(Head before, Instant recordedAt, HashChain hashes, SecureRandom random) {
        this.before = before;
        this.recordedAt = recordedAt;
        this.hashes = hashes;
        this.random = random;
        this.position = before.position();
        this.chain = before.chain();
    }

    /** @return the position of the last row */
    long add(Append append) {
        for (Entry entry : append.entries()) {
            add(append, entry);
        }
        return position;
    }

    private void add(Append append, Entry entry) {
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

    List<RecordedEvent> recorded() {
        return recorded;
    }

    boolean isEmpty() {
        return recorded.isEmpty();
    }

    /** The head once they are written. */
    Head after() {
        return isEmpty() ? before : new Head(position, chain, recordedAt);
    }

    /** Adds what writes them; the head must be locked. */
    void addTo(Script script) {
        if (!isEmpty()) {
            var after = after();
            script.update(INSERT, values());
            script.update(MOVE_HEAD, after.position(), after.chain(), after.time());
        }
    }

    /** Adds what writes them if the head is still where these rows begin, and else makes the script fail. */
    void addBehindHeadTo(Script script) {
        var after = after();
        var values = new ArrayList<Object>(
                List.of(after.position(), after.chain(), after.time(), before.position(), before.chain()));
        values.addAll(List.of(values()));
        script.update(INSERT_BEHIND, values.toArray());
    }

    /** Whether that is why it failed. */
    static boolean isHeadMoved(SQLException e) {
        return "22012".equals(e.getSQLState());
    }

    private Object[] values() {
        return new Object[] {
            after().time(),
            longs(recorded, RecordedEvent::position),
            texts(entry -> entry.eventId().toString()),
            texts(entry -> entry.subject().kind().storedName()),
            texts(entry -> entry.subject().id()),
            longs(entries, Entry::sequence),
            texts(entry -> entry.encoded().type()),
            entries.stream().mapToInt(entry -> entry.encoded().revision()).toArray(),
            metadata.toArray(byte[][]::new),
            entries.stream().map(entry -> entry.encoded().payload()).toArray(byte[][]::new),
            salts.toArray(byte[][]::new),
            digests.toArray(byte[][]::new),
            leaves.toArray(byte[][]::new),
            chains.toArray(byte[][]::new)
        };
    }

    private String[] texts(Function<Entry, String> value) {
        return entries.stream().map(value).toArray(String[]::new);
    }

    private static <T> long[] longs(List<T> rows, ToLongFunction<T> value) {
        return rows.stream().mapToLong(value).toArray();
    }
}
