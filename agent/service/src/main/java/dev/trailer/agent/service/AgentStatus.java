package dev.trailer.agent.service;

import org.jspecify.annotations.Nullable;

/**
 * How an agent is doing, for health.
 *
 * @param host the host's id once enrolled
 * @param leaseHeld whether it may act on the engine now
 * @param engineUp whether the engine answered when it was last asked
 * @param fenced why it is down for good until started again, null while it is not
 * @param problem what keeps it from the server, null if nothing does
 */
public record AgentStatus(
        boolean enrolled,
        @Nullable String host,
        boolean leaseHeld,
        boolean engineUp,
        @Nullable String fenced,
        @Nullable String problem) {
    public boolean healthy() {
        return enrolled && leaseHeld && engineUp && fenced == null;
    }
}
