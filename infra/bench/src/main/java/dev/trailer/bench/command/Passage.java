package dev.trailer.bench.command;

/**
 * That a position was reached.
 *
 * @param nanos of {@link System#nanoTime}
 */
record Passage(long position, long nanos) {}
