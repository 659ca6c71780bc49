package dev.trailer.command.hosts;

import dev.trailer.api.ErrorList;
import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.command.change.Claims.Pool;
import dev.trailer.command.change.NameHints;
import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Chooses hosts. Whether there still is room is decided by the ledger when the command's claims are granted. */
public final class Placement {
    private final Claims claims;
    private final Aggregates aggregates;
    private final NameHints holders;

    public Placement(Claims claims, Aggregates aggregates) {
        this.claims = claims;
        this.aggregates = aggregates;
        this.holders = new NameHints(claims, NameSpace.HOSTS);
    }

    /** @throws Refused if the host is unknown, cordoned or not online */
    public HostRef named(HostName name) {
        // One that is removed still says its name, which may be another's by now.
        var host = holders.find(
                        name.value(),
                        id -> aggregates.host(new HostId(id)),
                        found -> found.name().equals(name) && found.presence() != Host.Presence.REMOVED)
                .orElseThrow(() -> ErrorList.invalid("/host", "unknown_host", "there is no host named " + name));
        if (host.cordoned()) {
            throw new Refused(new Reason.HostCordoned(name.value()));
        }
        if (host.presence() != Host.Presence.ONLINE) {
            throw new Refused(new Reason.HostNotReady(name.value()));
        }
        return host.ref();
    }

    /** @throws Refused with {@code no_capacity} if no host takes new work and has room */
    public HostRef leastLoaded(Resources asked) {
        return open(claims.poolsLately(), asked)
                .or(() -> open(claims.pools(), asked))
                .map(Host::ref)
                .orElseThrow(() -> new Refused(new Reason.NoCapacity(null, asked)));
    }

    /** Pools may be a moment old; a host that says itself that it is cordoned takes nothing, whatever they say. */
    private Optional<Host> open(List<Pool> pools, Resources asked) {
        return choose(pools, asked)
                .flatMap(pool -> aggregates.host(new HostId(pool.id())))
                .filter(host -> !host.cordoned());
    }

    /**
     * Whoever starts something rests on the host as it is now: the ledger refuses the start if it is drained meanwhile.
     *
     * @throws Refused if nothing may start there
     */
    public void requireStarts(HostRef ref) {
        if (!aggregates.host(ref.id()).filter(Host::takesStarts).isPresent()) {
            throw new Refused(new Reason.HostDrained(ref.name().value()));
        }
    }

    /** The open pool that would be least loaded with {@code asked} in it; the first by id among equals. Pure. */
    static Optional<Pool> choose(List<Pool> pools, Resources asked) {
        return pools.stream()
                .filter(pool -> pool.open() && asked.fitsIn(pool.free()))
                .min(Comparator.<Pool>comparingDouble(pool -> loadWith(pool, asked))
                        .thenComparing(Pool::id));
    }

    /** The larger of the CPU and memory shares that would be promised. */
    private static double loadWith(Pool pool, Resources asked) {
        var promised = pool.promised().plus(asked);
        return Math.max(
                share(promised.cpuMillis(), pool.total().cpuMillis()),
                share(promised.memoryBytes(), pool.total().memoryBytes()));
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 1 : (double) part / whole;
    }
}
