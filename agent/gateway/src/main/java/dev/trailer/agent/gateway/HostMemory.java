package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.HostImages;
import dev.trailer.domain.DomainCommand;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What this server last recorded of one host, so that only changes become commands. A convenience, never the truth: it is
 * dropped whenever another server may have spoken for the host in between, and now and then for no reason, so that
 * whatever went wrong is put right. Touched only by who holds {@link #lock}.
 */
final class HostMemory {
    /** Repeats cost a look at each aggregate, silence keeps a mistake on the screens. */
    private static final long FORGOTTEN_AFTER_NANOS = 15L * 60 * 1_000_000_000;

    private static final long NEVER = -1;

    /** One heartbeat of a host at a time. */
    final ReentrantLock lock = new ReentrantLock();

    private final Map<String, DomainCommand> recorded = new HashMap<>();
    private @Nullable List<String> strays;
    private @Nullable HostImages images;
    private long epoch;
    /** As of the last heartbeat that was carried out here from beginning to end with nobody else in between. */
    private long carriedOut = NEVER;

    private long began = NEVER;
    private long sinceNanos;

    /** @param carriedOut how many of the host's heartbeats have been, by any server */
    void begin(long epoch, long carriedOut, long nowNanos) {
        if (this.epoch != epoch || this.carriedOut != carriedOut || nowNanos - sinceNanos > FORGOTTEN_AFTER_NANOS) {
            forget();
            this.epoch = epoch;
            sinceNanos = nowNanos;
        }
        began = carriedOut;
        this.carriedOut = NEVER;
    }

    void forget() {
        recorded.clear();
        strays = null;
        images = null;
    }

    boolean hasStrays(List<String> names) {
        return names.equals(strays);
    }

    void keepStrays(List<String> names) {
        strays = names;
    }

    boolean hasImages(HostImages told) {
        return told.equals(images);
    }

    void keepImages(HostImages told) {
        images = told;
    }

    boolean has(String key, DomainCommand command) {
        return command.equals(recorded.get(key));
    }

    void keep(String key, DomainCommand command) {
        recorded.put(key, command);
    }

    /**
     * Without it, or where another server was at it meanwhile, the next heartbeat begins anew: whose word was the last is not
     * known then.
     *
     * @param carriedOut with this one
     */
    void end(long carriedOut, Set<String> keys) {
        recorded.keySet().retainAll(keys);
        this.carriedOut = carriedOut == began + 1 ? carriedOut : NEVER;
    }
}
