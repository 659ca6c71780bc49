/**
 * The proof that no recorded fact was changed: the chain recomputed from the tables or from an export, and signed
 * checkpoints outside of the database. Door: {@link dev.trailer.ledger.audit.Verifier} and {@link
 * dev.trailer.ledger.audit.ExportVerifier}, {@link dev.trailer.ledger.audit.LedgerExport}, {@link
 * dev.trailer.ledger.audit.Checkpointer}.
 */
@NullMarked
package dev.trailer.ledger.audit;

import org.jspecify.annotations.NullMarked;
