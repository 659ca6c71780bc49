/**
 * Seeded load on servers that may go at any time: writers, agents of made-up hosts, readers of the live stream; and the
 * history of all that was asked and answered. Door: {@link dev.trailer.e2e.faults.load.Load}.
 */
@NullMarked
package dev.trailer.e2e.faults.load;

import org.jspecify.annotations.NullMarked;
