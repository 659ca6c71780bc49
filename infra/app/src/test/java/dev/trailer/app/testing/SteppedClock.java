package dev.trailer.app.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The time, until somebody sets it. Any thread. */
public final class SteppedClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    /** From now on it goes so much before, or after, what it really is. */
    public void set(Duration aheadOfTheTime) {
        ahead = aheadOfTheTime;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("only instants are asked for");
    }
}
