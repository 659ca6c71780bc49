package dev.trailer.domain.host;

import dev.trailer.domain.Decision;
import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.host.Host.Presence;
import dev.trailer.domain.host.HostCommand.AbandonHost;
import dev.trailer.domain.host.HostCommand.CordonHost;
import dev.trailer.domain.host.HostCommand.DrainHost;
import dev.trailer.domain.host.HostCommand.EnrolHost;
import dev.trailer.domain.host.HostCommand.LoseHost;
import dev.trailer.domain.host.HostCommand.RegisterHost;
import dev.trailer.domain.host.HostCommand.RemoveHost;
import dev.trailer.domain.host.HostCommand.ReportCapability;
import dev.trailer.domain.host.HostCommand.ResumeHost;
import dev.trailer.domain.host.HostCommand.ReturnHost;
import dev.trailer.domain.host.HostCommand.RotateHostToken;
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
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import org.jspecify.annotations.Nullable;

/** What may happen to a host. Pure; any thread. */
public final class HostRules {
    private HostRules() {}

    /**
     * @param state null if there is no such host
     * @throws Refused with the reason, if the command may not be carried out
     */
    public static Decision<HostEvent> decide(@Nullable Host state, HostCommand command) {
        if (state == null && command instanceof RegisterHost register) {
            return register(register);
        }
        if (state == null || state.presence() == Presence.REMOVED) {
            throw new Refused(new Reason.NotFound("host", command.host().value()));
        }
        if (state.presence() == Presence.ABANDONED) {
            return abandoned(state, command);
        }
        return switch (command) {
            case RegisterHost c -> throw new IllegalStateException("made twice: " + c.target());
            case EnrolHost c -> Decision.of(new HostEnrolled(c.host()));
            case ReportCapability c -> report(state, c.capability());
            case LoseHost c ->
                state.presence() == Presence.ONLINE
                        ? door(new HostLost(c.host(), c.lastSeen()), false)
                        : Decision.nothing();
            case ReturnHost c ->
                state.presence() == Presence.ONLINE
                        ? Decision.nothing()
                        : door(new HostReturned(c.host()), !state.cordoned());
            case CordonHost c ->
                state.cordoned() ? Decision.nothing() : door(new HostCordoned(c.host(), state.generation() + 1), false);
            case DrainHost c ->
                state.drained() != null
                        ? Decision.nothing()
                        : door(new HostDrained(c.host(), state.generation() + 1), false);
            case ResumeHost c ->
                state.cordoned()
                        ? door(new HostResumed(c.host(), state.generation() + 1), state.presence() == Presence.ONLINE)
                        : Decision.nothing();
            case RotateHostToken c -> Decision.of(new HostTokenRotated(c.host(), c.revoke()));
            case AbandonHost c -> abandon(state, c);
            case RemoveHost _ -> remove(state);
        };
    }

    /** Nothing but its end may come: its agent is shut out, and what was there is being given up. */
    private static Decision<HostEvent> abandoned(Host state, HostCommand command) {
        return switch (command) {
            case AbandonHost _ -> Decision.nothing();
            case RemoveHost _ -> remove(state);
            case RegisterHost _,
                    EnrolHost _,
                    ReportCapability _,
                    LoseHost _,
                    ReturnHost _,
                    CordonHost _,
                    DrainHost _,
                    ResumeHost _,
                    RotateHostToken _ -> throw new Refused(new Reason.BeingDeleted("host"));
        };
    }

    private static Decision<HostEvent> abandon(Host state, AbandonHost c) {
        if (state.presence() == Presence.ONLINE) {
            throw new Refused(new Reason.HostOnline(state.name().value()));
        }
        return door(new HostAbandoned(c.host(), state.generation() + 1), false);
    }

    private static Decision<HostEvent> remove(Host state) {
        return Decision.<HostEvent>of(new HostRemoved(state.id()))
                .claiming(
                        new Claim.CapacityWithdrawn(state.id().value()),
                        new Claim.NameFreed(
                                NameSpace.HOSTS,
                                state.name().value(),
                                state.id().value()));
    }

    private static Decision<HostEvent> register(RegisterHost c) {
        return Decision.<HostEvent>of(new HostRegistered(c.host(), c.name()))
                .claiming(
                        new Claim.NameTaken(
                                NameSpace.HOSTS, c.name().value(), c.host().value()),
                        new Claim.CapacityOffered(c.host().value(), Resources.NONE));
    }

    private static Decision<HostEvent> door(HostEvent event, boolean open) {
        return Decision.of(event).claiming(new Claim.PoolOpened(event.host().value(), open));
    }

    private static Decision<HostEvent> report(Host was, Capability capability) {
        if (capability.equals(was.capability())) {
            return Decision.nothing();
        }
        return Decision.<HostEvent>of(new CapabilityReported(was.id(), capability))
                .claiming(new Claim.CapacityOffered(was.id().value(), capability.resources()));
    }
}
