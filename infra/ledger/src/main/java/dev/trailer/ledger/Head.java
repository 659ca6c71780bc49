package dev.trailer.ledger;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;

/** Where the ledger stands: its last position, the chain and the time there. */
record Head(long position, byte[] chain, Instant recordedAt) {
    boolean isAt(Head other) {
        return position == other.position && Arrays.equals(chain, other.chain);
    }

    OffsetDateTime time() {
        return OffsetDateTime.ofInstant(recordedAt, ZoneOffset.UTC);
    }
}
