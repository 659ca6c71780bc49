package dev.trailer.ledger.audit;

import java.time.Instant;
import java.util.Objects;

/**
 * Where the ledger stands, and whose it is.
 *
 * @param recordedAt of the last position; 1970 if there is none
 */
public record Head(String install, String timeline, long position, Instant recordedAt, byte[] chain) {
    public Head {
        Objects.requireNonNull(install, "install");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(chain, "chain");
    }
}
