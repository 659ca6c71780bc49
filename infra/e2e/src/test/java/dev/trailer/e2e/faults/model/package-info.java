/**
 * What must be true of the history, whatever failed: the ledger folded with the domain's own rules, and everything else
 * compared with that. Door: {@link dev.trailer.e2e.faults.model.Model}, which follows the ledger; the other classes check one
 * promise each.
 */
@NullMarked
package dev.trailer.e2e.faults.model;

import org.jspecify.annotations.NullMarked;
