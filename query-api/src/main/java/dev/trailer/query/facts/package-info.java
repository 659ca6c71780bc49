/**
 * Everything that happened, searchable: an index of the ledger and {@code GET /events}. Door: {@link\n * dev.trailer.query.facts.FactsConfiguration}, {@link dev.trailer.query.facts.FactReader}.
 */
@NullMarked
package dev.trailer.query.facts;

import org.jspecify.annotations.NullMarked;
