package dev.trailer.ledger.audit;

import dev.trailer.ledger.LedgerReadFailed;
import java.io.ByteArrayOutputStream;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The ledger, or a part of it, as lines of JSON that can be verified without a database: a header, then a line for each row.
 * All of one snapshot, in pieces, so that no more than a piece and what the database sends at once is ever held. Holds a
 * connection until it is closed. One thread at a time.
 */
public final class LedgerExport implements AutoCloseable {
    /** A piece ends with the first line that makes it longer. */
    private static final int PIECE_BYTES = 16_384;

    /** How long whoever takes the pieces may take none, before the database ends the snapshot. */
    private static final int PATIENCE_SECONDS = 120;

    private final Snapshot snapshot;
    private final Head head;
    private final Supplier<Instant> clock;
    private @Nullable ExportHeader header;

    private LedgerExport(Snapshot snapshot, Head head, Supplier<Instant> clock) {
        this.snapshot = snapshot;
        this.head = head;
        this.clock = clock;
    }

    /**
     * Takes the snapshot.
     *
     * @param clock never behind the last checkpoint, so that one can tell which of them were there already
     */
    public static LedgerExport open(DataSource database, Supplier<Instant> clock) {
        try {
            var snapshot = Snapshot.open(database);
            try {
                snapshot.limitIdleTime(PATIENCE_SECONDS);
                var head = snapshot.head().orElseThrow(() -> new SQLException("the ledger has no head row"));
                return new LedgerExport(snapshot, head, clock);
            } catch (SQLException | RuntimeException e) {
                snapshot.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** The last position that there is. */
    public long head() {
        return head.position();
    }

    /**
     * Says what is to be exported; once, before {@link #next}.
     *
     * @param from 1 to the head's next
     * @param to from {@code from - 1} to the head's
     */
    public void begin(long from, long to) {
        try {
            // Where the row before is gone, nothing that follows can be right, and the verifier will say so.
            var before = Objects.requireNonNullElse(snapshot.chainAt(from - 1), new byte[0]);
            header = new ExportHeader(ExportHeader.FORMAT, ExportHeader.VERSION, head, from, to, before, clock.get());
            // An export of everything has also what stands where nothing should.
            snapshot.begin(from == 1 ? Long.MIN_VALUE : from, to == head.position() ? Long.MAX_VALUE : to);
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }

    /** @return the next lines, whole; null if there are no more */
    public byte @Nullable [] next() {
        var piece = new ByteArrayOutputStream(2 * PIECE_BYTES);
        if (header != null) {
            write(piece, header);
            header = null;
        }
        try {
            while (piece.size() < PIECE_BYTES) {
                var row = snapshot.next();
                if (row == null) {
                    break;
                }
                write(piece, row);
            }
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
        return piece.size() == 0 ? null : piece.toByteArray();
    }

    private static void write(ByteArrayOutputStream piece, Object line) {
        piece.writeBytes(Json.MAPPER.writeValueAsBytes(line));
        piece.write('\n');
    }

    @Override
    public void close() {
        try {
            snapshot.close();
        } catch (SQLException e) {
            throw new LedgerReadFailed(e);
        }
    }
}
