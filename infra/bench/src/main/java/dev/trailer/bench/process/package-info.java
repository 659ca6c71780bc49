/** What the server's process takes: time to be ready, memory. */
@NullMarked
package dev.trailer.bench.process;

import org.jspecify.annotations.NullMarked;
