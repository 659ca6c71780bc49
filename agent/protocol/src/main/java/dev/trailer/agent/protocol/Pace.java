package dev.trailer.agent.protocol;

/**
 * How the server paces an agent.
 *
 * @param heartbeatMillis between heartbeats; the agent adds up to 10 % of jitter
 * @param leaseMillis how long after sending a heartbeat that was answered (monotonic time) the agent may make changes on
 *     its engine; longer than the time after which the host counts as lost is never granted
 */
public record Pace(long heartbeatMillis, long leaseMillis) {}
