/** How long a workspace takes to run, on a real engine. */
@NullMarked
package dev.trailer.bench.workspace;

import org.jspecify.annotations.NullMarked;
