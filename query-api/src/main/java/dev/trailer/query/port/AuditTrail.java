package dev.trailer.query.port;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The proof that no recorded fact was changed. Any thread; may take minutes. */
public interface AuditTrail {
    /**
     * What a look at every recorded row found.
     *
     * @param checked how many positions were found good from the start
     * @param firstBad the first position at which something is wrong, null if nothing is
     * @param problem what is wrong there
     */
    record Verdict(
            boolean whole,
            long checked,
            long head,
            @Nullable Long firstBad,
            @Nullable String problem,
            Checkpoints checkpoints) {}

    /**
     * What the signed checkpoints outside of the database say.
     *
     * @param checked how many were compared, and agree
     * @param lastPosition the last position that one of them attests; 0 if none does
     * @param elsewhere how many belong to another timeline, and were not compared
     * @param problem why they are themselves not to be believed; null if they are
     * @param warnings what keeps them from attesting all that they could
     */
    record Checkpoints(
            long checked,
            long lastPosition,
            long elsewhere,
            @Nullable String problem,
            List<String> warnings) {}

    Verdict verify();

    /** Takes a snapshot of the ledger, to be closed by whoever asked. */
    Export export();

    /** The ledger as lines of JSON, with all that verifying them needs. One thread at a time; blocks on the database. */
    interface Export extends AutoCloseable {
        /** The last position that there is. */
        long head();

        /**
         * Once, before {@link #next}.
         *
         * @param from 1 to the head's next
         * @param to {@code from - 1} to the head's
         */
        void begin(long from, long to);

        /** @return the next lines, whole; null if there are no more */
        byte @Nullable [] next();

        @Override
        void close();
    }
}
