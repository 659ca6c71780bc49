package dev.trailer.ledger.audit;

import dev.trailer.ledger.HashChain;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the chain row after row, wherever the rows come from. Knows nothing of what was before its first row but the
 * chain there. One thread.
 */
final class ChainCheck {
    private final HashChain hashes = new HashChain();
    private long position;
    private byte[] chain;
    private @Nullable Instant recordedAt;

    /** @param after the position before the first row, with its chain */
    ChainCheck(long after, byte[] chain) {
        this.position = after;
        this.chain = chain;
    }

    /** The last position that was found good. */
    long position() {
        return position;
    }

    /** The chain there, as recomputed. */
    byte[] chain() {
        return chain;
    }

    /** When it was recorded; null before the first row. */
    @Nullable
    Instant recordedAt() {
        return recordedAt;
    }

    /** @return null if the row is what was recorded next */
    @Nullable
    Finding next(AuditRow row) {
        var problem = problem(row);
        if (problem != null) {
            // Positions begin at 1: a row before that was put there, and is itself what is wrong.
            return new Finding(row.position() < 1 ? row.position() : position + 1, problem);
        }
        position++;
        chain = row.chain();
        recordedAt = row.recordedAt();
        return null;
    }

    private @Nullable String problem(AuditRow row) {
        long expected = position + 1;
        if (row.position() != expected) {
            return row.position() > expected
                    ? "position " + expected + " is missing"
                    : "position " + row.position() + " stands where " + expected + " should";
        }
        var digest = hashes.digest(row.salt(), row.metadata(), row.payload());
        if (!Arrays.equals(digest, row.digest())) {
            return "its payload or metadata is not what was recorded";
        }
        var leaf = hashes.leaf(
                expected,
                row.eventId(),
                row.kind(),
                row.id(),
                row.sequence(),
                row.type(),
                row.revision(),
                row.recordedAt(),
                digest);
        if (!Arrays.equals(leaf, row.leaf())) {
            return "one of its columns is not what was recorded";
        }
        if (!Arrays.equals(hashes.chain(chain, leaf), row.chain())) {
            return "it does not follow from the position before";
        }
        return recordedAt != null && row.recordedAt().isBefore(recordedAt)
                ? "it was recorded before the position before it"
                : null;
    }
}
