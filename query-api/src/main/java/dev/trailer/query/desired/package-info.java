/**
 * What should be true on each host: the view that agents poll, and whom it wakes. Door: {@link\n * dev.trailer.query.desired.DesiredStates}, {@link dev.trailer.query.desired.DesiredConfiguration}.
 */
@NullMarked
package dev.trailer.query.desired;

import org.jspecify.annotations.NullMarked;
