/**
 * The product's parts as processes that may be ended, held and cut off: the server's own jar, a PostgreSQL in a container,
 * the way between them; and an HTTP client that survives all of it. Door: {@link dev.trailer.e2e.process.ServerProcess},
 * {@link dev.trailer.e2e.process.ExternalPostgres}, {@link dev.trailer.e2e.process.DatabaseProxy}.
 */
@NullMarked
package dev.trailer.e2e.process;

import org.jspecify.annotations.NullMarked;
