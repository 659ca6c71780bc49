/**
 * The projection kit: a pure {@link dev.trailer.query.view.Projector} says what an event does to a row, everything else
 * is done here. Door: {@link dev.trailer.query.view.View} for whoever feeds it, {@code Projector}, {@code ViewTable}.
 */
@NullMarked
package dev.trailer.query.view;

import org.jspecify.annotations.NullMarked;
