/**
 * What keeps tables of samples and the like small: partitions that come before they are needed and go when they are too old.
 * Doors: {@link dev.trailer.agent.gateway.upkeep.Partitions} and {@link dev.trailer.agent.gateway.upkeep.Upkeep}.
 */
@NullMarked
package dev.trailer.agent.gateway.upkeep;

import org.jspecify.annotations.NullMarked;
