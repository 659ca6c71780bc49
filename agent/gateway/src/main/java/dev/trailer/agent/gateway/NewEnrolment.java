package dev.trailer.agent.gateway;

import java.time.Instant;

/**
 * A new enrolment token.
 *
 * @param token as the agent shows it; it is kept nowhere, so this is the only time it can be told
 * @param write must be written in the transaction that records the host's registration
 */
public record NewEnrolment(String token, Instant expiresAt, GatewayWrite write) {
    /** Leaves the token out, so that it is in no log. */
    @Override
    public String toString() {
        return "NewEnrolment[expiresAt=" + expiresAt + "]";
    }
}
