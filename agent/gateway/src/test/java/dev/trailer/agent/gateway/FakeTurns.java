package dev.trailer.agent.gateway;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;

/** One host's row of the table of sessions, in memory: as {@link SessionStore} keeps it. */
final class FakeTurns implements Turns {
    private long epoch = 1;
    private long lastSequence;
    private long carriedOut;
    private boolean online;

    void open(long next) {
        epoch = next;
        lastSequence = 0;
    }

    void online() {
        online = true;
    }

    @Override
    public Touched touch(AgentSession session, long sequence, boolean engineUp, long paceMillis) {
        if (session.epoch() != epoch) {
            throw new Refused(new Reason.EpochSuperseded(session.epoch(), epoch));
        }
        return new Touched(lastSequence, carriedOut, online, "1");
    }

    @Override
    public long done(AgentSession session, long sequence) {
        if (session.epoch() == epoch) {
            lastSequence = Math.max(lastSequence, sequence);
        }
        return ++carriedOut;
    }
}
