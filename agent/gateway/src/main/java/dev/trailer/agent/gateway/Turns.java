package dev.trailer.agent.gateway;

import dev.trailer.domain.reason.Refused;

/** Whose turn it is: how far each host's heartbeats have been carried out, over all servers. Any thread; may block. */
interface Turns {
    /**
     * @param previousSequence the last of this session's heartbeats that was carried out whole
     * @param carriedOut how many of the host's heartbeats have been, of all its sessions; only told apart, never compared with
     *     a sequence
     * @param online whether the ledger has the host online
     */
    record Touched(long previousSequence, long carriedOut, boolean online, String agentVersion) {}

    /**
     * Notes that the agent was heard from, unless this heartbeat is older than one that was carried out.
     *
     * @throws Refused with {@code epoch_superseded} if the session is not its host's latest
     */
    Touched touch(AgentSession session, long sequence, boolean engineUp, long paceMillis);

    /**
     * Notes that all of a heartbeat was carried out, also where the session was superseded meanwhile.
     *
     * @return how many have been now: one more than when it was touched, unless others came in between
     */
    long done(AgentSession session, long sequence);
}
