/**
 * What every GET endpoint does alike: check parameters, wait for the reader's own writes, filter by owner, tag the
 * answer. Door: the public types.
 */
@NullMarked
package dev.trailer.query.read;

import org.jspecify.annotations.NullMarked;
