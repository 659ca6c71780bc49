/**
 * Agents as real processes, of a real server, on a real engine: killed at each call of the engine, paused, doubled, and with
 * an engine that goes away. Begin with {@link dev.trailer.e2e.agentfaults.AgentKilledTest}.
 */
@NullMarked
package dev.trailer.e2e.agentfaults;

import org.jspecify.annotations.NullMarked;
