package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.Pace;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How often agents report: less often the more there are, so that together they stay at a rate we carry. Any thread. */
final class Pacer {
    /** After so many intervals unheard of, a host is lost. */
    static final int MISSED_INTERVALS = 3;

    private static final long FASTEST_MILLIS = 5_000;

    /** All agents together, after HashiCorp Nomad. */
    private static final long HEARTBEATS_PER_SECOND = 50;

    /** A lease ends so much before its host may be counted as lost: for clocks that drift and packets under way. */
    private static final long LEASE_MARGIN_MILLIS = 2_000;

    private static final Duration COUNTED_EVERY = Duration.ofSeconds(10);

    private record Counted(long agents, long atNanos) {}

    private final LongSupplier agents;
    private volatile Counted counted;

    Pacer(LongSupplier agents) {
        this.agents = agents;
        counted = new Counted(0, System.nanoTime() - COUNTED_EVERY.toNanos());
    }

    Pace pace() {
        var last = counted;
        long now = System.nanoTime();
        if (now - last.atNanos >= COUNTED_EVERY.toNanos()) {
            last = new Counted(agents.getAsLong(), now);
            counted = last;
        }
        return paceFor(last.agents);
    }

    static Pace paceFor(long agents) {
        long heartbeat = Math.max(FASTEST_MILLIS, agents * 1_000 / HEARTBEATS_PER_SECOND);
        return new Pace(heartbeat, MISSED_INTERVALS * heartbeat - LEASE_MARGIN_MILLIS);
    }
}
