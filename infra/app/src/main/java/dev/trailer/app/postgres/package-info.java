/**
 * A PostgreSQL of the server's own: durable, and closed to other users of the machine. Door: {@link
 * dev.trailer.app.postgres.EmbeddedPostgres}.
 */
@NullMarked
package dev.trailer.app.postgres;

import org.jspecify.annotations.NullMarked;
