/**
 * Measures Trailer against what the machine could do, both in the same run. Door: {@code infra/bench/run}, which starts {@link
 * dev.trailer.bench.Main} on the class path of the very jar that is shipped.
 */
@NullMarked
package dev.trailer.bench;

import org.jspecify.annotations.NullMarked;
