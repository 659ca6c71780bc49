/**
 * The rules of Trailer: what may happen to workspaces, volumes, images and hosts, and what is remembered of it.
 *
 * <p>One package per aggregate; inside each, {@code *Rules.decide} turns (state, command) into a {@link
 * dev.trailer.domain.Decision}, and the state's {@code evolve} folds events. No Spring, no SQL, no Docker, no clock.
 * Door: the commands, events and states; the {@code *Aggregate} classes are for Axon alone.
 */
@NullMarked
package dev.trailer.domain;

import org.jspecify.annotations.NullMarked;
