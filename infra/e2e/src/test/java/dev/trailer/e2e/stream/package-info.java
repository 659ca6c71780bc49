/**
 * The oracle of the live stream: whatever happens to servers, to their way to the database and to readers' connections, each
 * reader is told every fact that it asked for once and in order. Door: {@link dev.trailer.e2e.stream.StreamOracleTest}.
 */
@NullMarked
package dev.trailer.e2e.stream;

import org.jspecify.annotations.NullMarked;
