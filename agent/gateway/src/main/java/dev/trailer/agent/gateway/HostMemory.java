package dev.trailer.agent.gateway;

import dev.trailer.domain.DomainCommand;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What this server last recorded of one host, so that only changes become commands. A convenience, never the truth: it is
 * dropped whenever another server may have spoken for the host in between, and now and then for no reason, so that
 * whatever went wrong is put right. Touched only by who holds {@link #lock}.
 */
final class HostMemory {
    /** Repeats cost a look at each aggregate, silence keeps a mistake on the screens. */
    private static final long FORGOTTEN_AFTER_NANOS = 15L * 60 * 1_000_000_000;

    /** One heartbeat of a host at a time. */
    final ReentrantLock lock = new ReentrantLock();

    private final Map<String, DomainCommand> recorded = new HashMap<>();
    private long epoch;
    private long sequence = -1;
    private long sinceNanos;

    /** @param previousSequence the last heartbeat of this epoch that any server carried out */
    void begin(long epoch, long previousSequence, long nowNanos) {
        if (this.epoch != epoch || sequence != previousSequence || nowNanos - sinceNanos > FORGOTTEN_AFTER_NANOS) {
            recorded.clear();
            this.epoch = epoch;
            sinceNanos = nowNanos;
        }
        sequence = -1;
    }

    void forget() {
        recorded.clear();
    }

    boolean has(String key, DomainCommand command) {
        return command.equals(recorded.get(key));
    }

    void keep(String key, DomainCommand command) {
        recorded.put(key, command);
    }

    /** Without it, the next heartbeat finds a gap and begins anew. */
    void end(long sequence, Set<String> keys) {
        recorded.keySet().retainAll(keys);
        this.sequence = sequence;
    }
}
