package dev.trailer.agent.protocol;

/**
 * How a host's agent becomes known. The agent makes its own secret, stores it, and sends only its hash, so that a lost
 * answer locks nobody out: the same token with the same hash gets the same answer.
 */
public final class Enrolment {
    private Enrolment() {}

    /**
     * @param token the one-time token that the registration answered
     * @param secretHash lower-case hex of the SHA-256 of the agent's secret (the secret is at least 32 random bytes as
     *     base64url text; the hash is over that text's bytes)
     */
    public record Request(String token, String secretHash) {}

    /**
     * @param install this installation; the value of the label {@code dev.trailer.install}
     * @param host the host's id; the value of the label {@code dev.trailer.host}
     */
    public record Answer(String install, String host, String hostName) {}
}
