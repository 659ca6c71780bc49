package dev.trailer.e2e.stream;

/**
 * A fact as it reached a reader, or as it should: small, because there are a million of them.
 *
 * @param idHash of the event's id, so that not only its number is right
 */
record Told(long position, int idHash) {}
