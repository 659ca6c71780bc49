package dev.trailer.agent.service.server;

import dev.trailer.agent.protocol.Pace;
import java.util.concurrent.atomic.AtomicLong;

/** One session with the server. Its token is in no log: {@link #toString} leaves it out. */
public final class Session {
    private final long epoch;
    private final String token;
    private final Pace pace;
    private final AtomicLong sequence = new AtomicLong();

    Session(long epoch, String token, Pace pace) {
        this.epoch = epoch;
        this.token = token;
        this.pace = pace;
    }

    public long epoch() {
        return epoch;
    }

    String token() {
        return token;
    }

    public Pace pace() {
        return pace;
    }

    /** The number of the next heartbeat, from 1. */
    public long nextSequence() {
        return sequence.incrementAndGet();
    }

    @Override
    public String toString() {
        return "session of epoch " + epoch;
    }
}
