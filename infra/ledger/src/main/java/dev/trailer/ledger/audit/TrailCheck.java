package dev.trailer.ledger.audit;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Checks the ledger row by row, against itself and against the checkpoints, until something is wrong. One thread. */
final class TrailCheck {
    private final ChainCheck chain;
    private final CheckpointComparison checkpoints;
    private final long after;
    private @Nullable Finding finding;

    /** @param after the position before the first row, with its chain */
    TrailCheck(long after, byte[] chainAfter, CheckpointComparison checkpoints) {
        this.after = after;
        this.chain = new ChainCheck(after, chainAfter);
        this.checkpoints = checkpoints;
        this.finding = checkpoints.reached(after, chainAfter);
    }

    /** @return false once something is wrong */
    boolean row(AuditRow row) {
        if (finding == null) {
            finding = chain.next(row);
        }
        if (finding == null) {
            finding = checkpoints.reached(chain.position(), chain.chain());
        }
        return finding == null;
    }

    /** The rows cannot be read any further. */
    void brokenOff(String problem) {
        if (finding == null) {
            finding = new Finding(chain.position() + 1, problem);
        }
    }

    long position() {
        return chain.position();
    }

    byte[] chain() {
        return chain.chain();
    }

    /** @param to the last position that there should be: the head's, unless it is part of an export */
    Verdict end(Head head, long to) {
        if (finding == null) {
            finding = atTheEnd(head, to);
        }
        if (finding == null) {
            finding = checkpoints.ended(to == head.position() ? to : Long.MAX_VALUE);
        }
        var attested = checkpoints.attested(head.position());
        return finding == null
                ? new Verdict(chain.position() - after, head.position(), null, null, attested)
                : new Verdict(
                        Math.max(0, finding.position() - 1 - after),
                        head.position(),
                        finding.position(),
                        finding.problem(),
                        attested);
    }

    private @Nullable Finding atTheEnd(Head head, long to) {
        long last = chain.position();
        if (last < to) {
            return new Finding(last + 1, "position " + (last + 1) + " is missing: the head is at " + to);
        }
        if (last > to) {
            return new Finding(to + 1, "it is behind the head, which is at " + to);
        }
        if (to != head.position() || to == 0) {
            return null;
        }
        if (!Arrays.equals(chain.chain(), head.chain())) {
            return new Finding(to, "the head's chain is another one");
        }
        // Without rows there is nothing that it could be compared with.
        return chain.recordedAt() == null || head.recordedAt().equals(chain.recordedAt())
                ? null
                : new Finding(to, "the head's time is another one");
    }
}
