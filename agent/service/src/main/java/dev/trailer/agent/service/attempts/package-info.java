/**
 * What is being done and what it says, until the server has been told: bounded, in memory, lost with the process. Doors: {@link
 * dev.trailer.agent.service.attempts.Journal} and the {@link dev.trailer.agent.service.attempts.Running} that it gives.
 */
@NullMarked
package dev.trailer.agent.service.attempts;

import org.jspecify.annotations.NullMarked;
