package dev.trailer.ledger;

import java.time.Duration;

/**
 * The answer to a request that came with a key, kept so that the same request again gets the same answer.
 *
 * @param principal whose key it is
 * @param requestHash of method, path and body; another hash under the same key is a mistake of the client's
 * @param headers as the API wrote them, opaque here
 */
public record IdempotencyRecord(
        String principal, String key, byte[] requestHash, int status, byte[] headers, byte[] body) {
    /** How long the same answer is given again. */
    public static final Duration KEPT = Duration.ofHours(24);
}
