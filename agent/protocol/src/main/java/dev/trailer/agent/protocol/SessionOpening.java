package dev.trailer.agent.protocol;

/** Each start of an agent's process opens a session; it supersedes the one before. */
public final class SessionOpening {
    private SessionOpening() {}

    public record Request(String agentVersion, HostFacts facts) {}

    /**
     * @param epoch counts the sessions of this host; reports of an older epoch are refused with 409 epoch_superseded
     * @param token the bearer for everything else
     * @param pace how often to report and how long the lease lasts
     */
    public record Answer(long epoch, String token, Pace pace) {}
}
