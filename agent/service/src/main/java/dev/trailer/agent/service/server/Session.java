package dev.trailer.agent.service.server;

import java.util.concurrent.atomic.AtomicLong;

/** One session with the server. Its token is in no log: {@link #toString} leaves it out. */
public final class Session {
    private final long epoch;
    private final String token;
    private final AtomicLong sequence = new AtomicLong();

    Session(long epoch, String token) {
        this.epoch = epoch;
        this.token = token;
    }

    public long epoch() {
        return epoch;
    }

    String token() {
        return token;
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
