/**
 * The agent as a program of its own: options, what is kept of them, start and end. Door: {@link dev.trailer.agent.main.Main}, which
 * {@code trailer-agent.jar} starts.
 */
@NullMarked
package dev.trailer.agent.main;

import org.jspecify.annotations.NullMarked;
