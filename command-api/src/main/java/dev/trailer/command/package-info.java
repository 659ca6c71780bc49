/**
 * The REST API that changes things: validate, authorise, dispatch, answer. Door: {@link
 * dev.trailer.command.CommandConfiguration}, and the ports in {@code change} that the application wires.
 */
@NullMarked
package dev.trailer.command;

import org.jspecify.annotations.NullMarked;
