package dev.trailer.ledger;

import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.facts.Metadata;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What one command wants recorded, all or nothing. The future answers the last position once it is durable.
 *
 * @param basis what it was decided on: of each aggregate that was read the last sequence, which must still be the last
 * @param handedInNanos when it began to wait, by {@link System#nanoTime}
 */
record Append(
        Metadata metadata,
        byte[] metadataBytes,
        Map<String, Long> basis,
        List<Entry> entries,
        List<Claim> claims,
        List<SideWrite> sideWrites,
        @Nullable IdempotencyRecord idempotency,
        long handedInNanos,
        CompletableFuture<Long> recorded) {
    Append {
        basis = Map.copyOf(basis);
        entries = List.copyOf(entries);
        claims = List.copyOf(claims);
        sideWrites = List.copyOf(sideWrites);
    }
}
