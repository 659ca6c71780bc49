package dev.trailer.command.automation;

import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostEvent.HostLost;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.Workspace.Life;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceId;

/** Of what runs on a host that is lost nothing is known any more. Nothing is placed anew: its volumes are there. */
public final class LostHostPolicy implements Policy {
    private final PolicySender sender;
    private final Aggregates aggregates;
    private final Claims claims;

    public LostHostPolicy(PolicySender sender, Aggregates aggregates, Claims claims) {
        this.sender = sender;
        this.aggregates = aggregates;
        this.claims = claims;
    }

    @Override
    public String name() {
        return "lost-host";
    }

    @Override
    public void on(RecordedEvent recorded) {
        if (!(recorded.event() instanceof HostLost lost) || !isLost(lost.host())) {
            return;
        }
        for (String holder : claims.placedOn(lost.host().value())) {
            // Volumes are placed there too; they are no workspaces.
            aggregates
                    .workspace(new WorkspaceId(holder))
                    .filter(w -> w.life() != Life.GONE)
                    .ifPresent(w -> mark(recorded, w, lost));
        }
    }

    private void mark(RecordedEvent cause, Workspace workspace, HostLost lost) {
        var before = workspace.observed();
        var unknown = new Observation(
                Phase.UNKNOWN, before.generation(), new Reason.HostLost(lost.lastSeen()), before.container());
        sender.send(name(), cause, new RecordObservation(workspace.id(), unknown));
        // It may have come back, and said that nothing has changed, before this was recorded: then that holds, unless
        // it has said something else since.
        if (!isLost(lost.host())
                && aggregates
                        .workspace(workspace.id())
                        .filter(now -> now.observed().equals(unknown))
                        .isPresent()) {
            sender.send(name(), cause, new RecordObservation(workspace.id(), before));
        }
    }

    private boolean isLost(HostId id) {
        return aggregates
                .host(id)
                .filter(host -> host.presence() == Host.Presence.LOST)
                .isPresent();
    }
}
