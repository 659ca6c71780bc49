package dev.trailer.command.automation;

import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostEvent.HostLost;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.Phase;
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
        if (!(recorded.event() instanceof HostLost lost)) {
            return;
        }
        boolean stillLost = aggregates
                .host(lost.host())
                .filter(host -> host.presence() == Host.Presence.LOST)
                .isPresent();
        if (!stillLost) {
            return;
        }
        for (String holder : claims.placedOn(lost.host().value())) {
            // Volumes are placed there too; they are no workspaces.
            aggregates
                    .workspace(new WorkspaceId(holder))
                    .filter(w -> w.life() != Life.GONE)
                    .ifPresent(w -> sender.send(
                            name(),
                            recorded,
                            new RecordObservation(
                                    w.id(),
                                    new Observation(
                                            Phase.UNKNOWN,
                                            w.observed().generation(),
                                            new Reason.HostLost(lost.lastSeen()),
                                            w.observed().container()))));
        }
    }
}
