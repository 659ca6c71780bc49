package dev.trailer.query.port;

import org.jspecify.annotations.Nullable;

/** The proof that no recorded fact was changed. Any thread; may take minutes. */
@FunctionalInterface
public interface AuditTrail {
    /**
     * What a look at every recorded row found.
     *
     * @param checked how many positions were found good from the start
     * @param firstBad the first position at which something is wrong, null if nothing is
     * @param problem what is wrong there
     */
    record Verdict(
            long checked,
            long head,
            @Nullable Long firstBad,
            @Nullable String problem) {}

    Verdict verify();
}
