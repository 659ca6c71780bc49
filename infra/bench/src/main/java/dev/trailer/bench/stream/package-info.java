/** How fast the live stream reaches many at once. */
@NullMarked
package dev.trailer.bench.stream;

import org.jspecify.annotations.NullMarked;
