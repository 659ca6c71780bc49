/**
 * The reading side of Trailer: views projected from the ledger, the GET endpoints over them, each host's desired state,
 * the live stream. Door: {@link dev.trailer.query.QueryConfiguration}, which needs the interfaces of {@code port}.
 */
@NullMarked
package dev.trailer.query;

import org.jspecify.annotations.NullMarked;
