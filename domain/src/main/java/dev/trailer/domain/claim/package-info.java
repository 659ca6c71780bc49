/**
 * What a command wants to hold beside its events, as data: unique names and a host's capacity. The ledger grants
 * all of a command's claims and writes its events in one transaction, or refuses the command alone. Door: {@link
 * dev.trailer.domain.claim.Claim}; aggregates declare through {@link dev.trailer.domain.claim.DeclaredClaims}.
 */
@NullMarked
package dev.trailer.domain.claim;

import org.jspecify.annotations.NullMarked;
