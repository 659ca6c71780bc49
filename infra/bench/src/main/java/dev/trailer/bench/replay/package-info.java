/** How fast a view is made anew from the ledger. */
@NullMarked
package dev.trailer.bench.replay;

import org.jspecify.annotations.NullMarked;
