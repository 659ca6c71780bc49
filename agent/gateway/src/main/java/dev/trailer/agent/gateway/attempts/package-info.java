/**
 * What agents did and what it said, for people to see: erasable, bounded, no facts. Doors: {@link
 * dev.trailer.agent.gateway.attempts.AttemptStore} to keep, {@link
 * dev.trailer.agent.gateway.attempts.AttemptReader} to read, {@link dev.trailer.agent.gateway.attempts.AttemptUpkeep} to
 * run.
 */
@NullMarked
package dev.trailer.agent.gateway.attempts;

import org.jspecify.annotations.NullMarked;
