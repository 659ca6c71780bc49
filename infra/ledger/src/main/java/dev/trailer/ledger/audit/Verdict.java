package dev.trailer.ledger.audit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a look at every row found.
 *
 * @param checked how many positions were found good, from the first that was looked at
 * @param head where the ledger says that it stands
 * @param firstBad the first position at which something is wrong, null if nothing is
 * @param problem what is wrong there
 */
public record Verdict(
        long checked,
        long head,
        @Nullable Long firstBad,
        @Nullable String problem,
        Attested checkpoints) {
    /** Whether the ledger is what was recorded, and no checkpoint says otherwise or is itself not to be believed. */
    public boolean whole() {
        return firstBad == null && checkpoints.problem() == null;
    }

    /**
     * What the checkpoints say.
     *
     * @param checked how many were compared with the ledger, and agree
     * @param lastPosition the last position that one of them attests; 0 if none does
     * @param elsewhere how many belong to another timeline or installation, and were not compared
     * @param problem why the checkpoints themselves are not to be believed; null if they are
     * @param warnings what keeps them from attesting all that they could
     */
    public record Attested(
            long checked,
            long lastPosition,
            long elsewhere,
            @Nullable String problem,
            List<String> warnings) {
        public Attested {
            warnings = List.copyOf(warnings);
        }
    }
}
