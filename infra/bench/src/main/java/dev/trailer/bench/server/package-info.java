/** Servers to measure, in this process or in one of their own, and those who talk to them: people and agents. */
@NullMarked
package dev.trailer.bench.server;

import org.jspecify.annotations.NullMarked;
