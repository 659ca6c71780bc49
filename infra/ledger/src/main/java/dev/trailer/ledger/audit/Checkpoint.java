package dev.trailer.ledger.audit;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;

/**
 * What a server attests: at this moment the ledger had this position, and this chain there.
 *
 * @param chain in hex
 * @param recordedAt of that position
 * @param writtenAt by the server's clock
 * @param previous the SHA-256 of the line before in the same file, in hex; {@link #BEGINNING} in a first line
 * @param key which key signs it
 */
@JsonPropertyOrder({"install", "timeline", "position", "chain", "recordedAt", "writtenAt", "previous", "key"})
record Checkpoint(
        String install,
        String timeline,
        long position,
        String chain,
        Instant recordedAt,
        Instant writtenAt,
        String previous,
        String key) {
    static final String BEGINNING = "0".repeat(64);

    Checkpoint {
        Objects.requireNonNull(install, "install");
        Objects.requireNonNull(timeline, "timeline");
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(recordedAt, "recordedAt");
        Objects.requireNonNull(writtenAt, "writtenAt");
        Objects.requireNonNull(previous, "previous");
        Objects.requireNonNull(key, "key");
        if (position < 1) {
            throw new IllegalArgumentException("there is no position " + position);
        }
    }

    boolean isOf(String otherInstall, String otherTimeline) {
        return install.equals(otherInstall) && timeline.equals(otherTimeline);
    }

    boolean agrees(byte[] otherChain) {
        return chain.equals(HexFormat.of().formatHex(otherChain));
    }
}
