package dev.trailer.domain.host;

import dev.trailer.domain.host.HostEvent.CapabilityReported;
import dev.trailer.domain.host.HostEvent.HostCordoned;
import dev.trailer.domain.host.HostEvent.HostEnrolled;
import dev.trailer.domain.host.HostEvent.HostLost;
import dev.trailer.domain.host.HostEvent.HostRegistered;
import dev.trailer.domain.host.HostEvent.HostRemoved;
import dev.trailer.domain.host.HostEvent.HostResumed;
import dev.trailer.domain.host.HostEvent.HostReturned;
import dev.trailer.domain.name.HostName;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A host as its events have made it. Immutable.
 *
 * @param version counts all events, from 1
 * @param generation counts intent, from 1
 * @param capability null until its agent first reported it
 */
public record Host(
        HostId id,
        HostName name,
        long version,
        long generation,
        Presence presence,
        boolean cordoned,
        @Nullable Capability capability) {

    /** Whether a host's agent is there. */
    public enum Presence {
        /** Registered; no agent has come yet. */
        REGISTERED,
        ONLINE,
        LOST,
        REMOVED
    }

    public HostRef ref() {
        return new HostRef(id, name);
    }

    /** @param state null before the first event */
    public static Host evolve(@Nullable Host state, HostEvent event) {
        if (state == null && event instanceof HostRegistered e) {
            return new Host(e.host(), e.name(), 1, 1, Presence.REGISTERED, false, null);
        }
        var was = Objects.requireNonNull(state, "the first event of a host is its registration");
        return switch (event) {
            case HostRegistered e -> throw new IllegalStateException("registered twice: " + e.host());
            case HostEnrolled _ -> was.next(was.generation, was.presence, was.cordoned, was.capability);
            case CapabilityReported e -> was.next(was.generation, was.presence, was.cordoned, e.capability());
            case HostLost _ -> was.next(was.generation, Presence.LOST, was.cordoned, was.capability);
            case HostReturned _ -> was.next(was.generation, Presence.ONLINE, was.cordoned, was.capability);
            case HostCordoned e -> was.next(e.generation(), was.presence, true, was.capability);
            case HostResumed e -> was.next(e.generation(), was.presence, false, was.capability);
            case HostRemoved _ -> was.next(was.generation, Presence.REMOVED, was.cordoned, was.capability);
        };
    }

    private Host next(long generation, Presence presence, boolean cordoned, @Nullable Capability capability) {
        return new Host(id, name, version + 1, generation, presence, cordoned, capability);
    }
}
