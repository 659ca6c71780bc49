/** What the machine does with the bare work: the other half of each figure. */
@NullMarked
package dev.trailer.bench.limit;

import org.jspecify.annotations.NullMarked;
