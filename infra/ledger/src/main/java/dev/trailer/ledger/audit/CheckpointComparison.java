package dev.trailer.ledger.audit;

import dev.trailer.ledger.audit.Verdict.Attested;
import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Walks a file of checkpoints beside the ledger, both in the order of positions, so that neither is ever held whole. A
 * checkpoint whose chain is another one says that the ledger was written anew somewhere behind the last checkpoint that
 * agrees; one behind the ledger's end says that its tail is gone. One thread.
 */
final class CheckpointComparison {
    private final CheckpointReader reader;
    private final String install;
    private final String timeline;
    private final Instant asOf;
    private @Nullable Checkpoint next;
    private @Nullable Checkpoint agreed;
    private long agreedTo;
    private boolean begun;
    private long checked;
    private long elsewhere;
    private long lastElsewhere;
    private long notReached;

    /** @param asOf checkpoints that were written later may be of what the ledger did not have yet when it was read */
    CheckpointComparison(CheckpointReader reader, String install, String timeline, Instant asOf) {
        this.reader = reader;
        this.install = install;
        this.timeline = timeline;
        this.asOf = asOf;
        advance();
    }

    private void advance() {
        next = reader.next();
        while (next != null && !next.isOf(install, timeline)) {
            elsewhere++;
            lastElsewhere = next.position();
            next = reader.next();
        }
    }

    /** To be told of every position in order, beginning with the one before the first row. */
    @Nullable
    Finding reached(long position, byte[] chain) {
        while (next != null && next.position() <= position) {
            if (next.position() < position) {
                if (begun && reader.confirm()) {
                    return new Finding(
                            next.position() + 1,
                            "the checkpoint of " + next.writtenAt() + " says that the" + " ledger ended at "
                                    + next.position() + ", an earlier one that it had gone beyond");
                }
            } else if (next.agrees(chain)) {
                agreed = next;
                agreedTo = position;
                checked++;
            } else if (reader.confirm()) {
                return new Finding(agreedTo + 1, rewritten(next));
            }
            advance();
        }
        if (!begun) {
            begun = true;
            agreedTo = position;
        }
        return null;
    }

    private String rewritten(Checkpoint other) {
        var where = other.position() == agreedTo + 1
                ? "position " + other.position()
                : "one of the positions " + (agreedTo + 1) + " to " + other.position();
        var before = agreed == null
                ? ""
                : "; the checkpoint of " + agreed.writtenAt() + " agrees with everything up to " + agreed.position();
        return "the ledger was written anew: the checkpoint of " + other.writtenAt() + " has another chain at position "
                + other.position() + ", so " + where + " is not what was recorded" + before;
    }

    /** @param head where the ledger ends, all of it having been good */
    @Nullable
    Finding ended(long head) {
        for (; next != null; advance()) {
            if (next.position() > head && !next.writtenAt().isAfter(asOf) && reader.confirm()) {
                return new Finding(
                        head + 1,
                        "truncated: the checkpoint of " + next.writtenAt() + " says " + next.position()
                                + ", the ledger ends at " + head);
            }
            notReached++;
        }
        return null;
    }

    /** Reads what is left, so that all of the file was looked at. */
    Attested attested(long head) {
        while (next != null) {
            advance();
        }
        var warnings = new ArrayList<>(reader.warnings());
        if (checked == 0 && head > 0 && warnings.isEmpty()) {
            warnings.add("no checkpoint attests anything of this ledger");
        }
        if (notReached > 0) {
            warnings.add(notReached + " checkpoints are for positions behind the end of the export");
        }
        if (elsewhere > 0) {
            warnings.add(elsewhere + " checkpoints, the last for position " + lastElsewhere
                    + ", belong to another timeline, which only a restore from backup begins: they were not compared");
        }
        return new Attested(checked, agreed == null ? 0 : agreed.position(), elsewhere, reader.problem(), warnings);
    }
}
