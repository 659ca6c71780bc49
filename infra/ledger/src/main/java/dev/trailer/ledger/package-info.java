/**
 * The event store: one dense, hash-chained order of events in PostgreSQL, with the claims that commands hold. Door: {@link
 * dev.trailer.ledger.LedgerEngine} for Axon, {@link dev.trailer.ledger.Committer} to append, {@link
 * dev.trailer.ledger.LedgerReader} and {@link dev.trailer.ledger.Tail} to read, {@link dev.trailer.ledger.FollowerGroup}
 * to be told of everything exactly once in effect.
 */
@NullMarked
package dev.trailer.ledger;

import org.jspecify.annotations.NullMarked;
