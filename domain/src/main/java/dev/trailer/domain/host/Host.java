package dev.trailer.domain.host;

import dev.trailer.domain.host.HostEvent.CapabilityReported;
import dev.trailer.domain.host.HostEvent.HostAbandoned;
import dev.trailer.domain.host.HostEvent.HostCordoned;
import dev.trailer.domain.host.HostEvent.HostDrained;
import dev.trailer.domain.host.HostEvent.HostEnrolled;
import dev.trailer.domain.host.HostEvent.HostLost;
import dev.trailer.domain.host.HostEvent.HostRegistered;
import dev.trailer.domain.host.HostEvent.HostRemoved;
import dev.trailer.domain.host.HostEvent.HostResumed;
import dev.trailer.domain.host.HostEvent.HostReturned;
import dev.trailer.domain.host.HostEvent.HostTokenRotated;
import dev.trailer.domain.name.HostName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A host as its events have made it. Immutable.
 *
 * @param version counts all events, from 1
 * @param generation counts intent, from 1
 * @param drained the generation that drained it, null while it is not drained; who is drained is cordoned too
 * @param capability null until its agent first reported it
 */
public record Host(
        HostId id,
        HostName name,
        long version,
        long generation,
        Presence presence,
        boolean cordoned,
        @Nullable Long drained,
        @Nullable Capability capability) {

    /** Whether a host's agent is there. */
    public enum Presence {
        /** Registered; no agent has come yet. */
        REGISTERED,
        ONLINE,
        LOST,
        /** Given up: what was there is being removed from the records, without its agent. */
        ABANDONED,
        REMOVED
    }

    public HostRef ref() {
        return new HostRef(id, name);
    }

    /** @param state null before the first event */
    public static Host evolve(@Nullable Host state, HostEvent event) {
        if (state == null && event instanceof HostRegistered e) {
            return new Host(e.host(), e.name(), 1, 1, Presence.REGISTERED, false, null, null);
        }
        var was = Objects.requireNonNull(state, "the first event of a host is its registration");
        return switch (event) {
            case HostRegistered e -> throw new IllegalStateException("registered twice: " + e.host());
            case HostEnrolled _, HostTokenRotated _ -> was.next(was.presence);
            case CapabilityReported e -> was.able(e.capability());
            case HostLost _ -> was.next(Presence.LOST);
            case HostReturned _ -> was.next(Presence.ONLINE);
            case HostCordoned e -> was.intent(e.generation(), was.presence, true, was.drained);
            case HostDrained e -> was.intent(e.generation(), was.presence, true, e.generation());
            case HostResumed e -> was.intent(e.generation(), was.presence, false, null);
            case HostAbandoned e -> was.intent(e.generation(), Presence.ABANDONED, was.cordoned, was.drained);
            case HostRemoved _ -> was.next(Presence.REMOVED);
        };
    }

    /** Whether workspaces may start there: those that are placed there already, too. */
    public boolean takesStarts() {
        return drained == null && presence != Presence.ABANDONED && presence != Presence.REMOVED;
    }

    private Host next(Presence presence) {
        return new Host(id, name, version + 1, generation, presence, cordoned, drained, capability);
    }

    private Host able(Capability capability) {
        return new Host(id, name, version + 1, generation, presence, cordoned, drained, capability);
    }

    private Host intent(long generation, Presence presence, boolean cordoned, @Nullable Long drained) {
        return new Host(id, name, version + 1, generation, presence, cordoned, drained, capability);
    }
}
