/**
 * What a whole server promises, each shown over HTTP with a real PostgreSQL and a fake agent.
 */
@NullMarked
package dev.trailer.app.server;

import org.jspecify.annotations.NullMarked;
