/**
 * The program: its options and its three modes, server, agent and standalone. Door: {@link dev.trailer.app.Main}.
 */
@NullMarked
package dev.trailer.app;

import org.jspecify.annotations.NullMarked;
