/**
 * Events once they are recorded: who, when, where in the one order. Door: {@link
 * dev.trailer.domain.facts.RecordedEvent}.
 */
@NullMarked
package dev.trailer.domain.facts;

import org.jspecify.annotations.NullMarked;
