/**
 * The server's program: its options and its two modes, server and standalone. Door: {@link dev.trailer.app.Main}.
 */
@NullMarked
package dev.trailer.app;

import org.jspecify.annotations.NullMarked;
