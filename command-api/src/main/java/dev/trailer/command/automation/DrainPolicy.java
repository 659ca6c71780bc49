package dev.trailer.command.automation;

import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.host.HostEvent.HostDrained;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.Workspace.Life;
import dev.trailer.domain.workspace.WorkspaceCommand.StopWorkspace;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.Objects;

/**
 * Stops what runs on a drained host. Nothing can have been started there since: who starts something rests on the host as
 * it was before, and the ledger refuses that.
 */
public final class DrainPolicy implements Policy {
    private final PolicySender sender;
    private final Aggregates aggregates;
    private final Claims claims;

    public DrainPolicy(PolicySender sender, Aggregates aggregates, Claims claims) {
        this.sender = sender;
        this.aggregates = aggregates;
        this.claims = claims;
    }

    @Override
    public String name() {
        return "drain";
    }

    @Override
    public void on(RecordedEvent recorded) {
        if (recorded.event() instanceof HostDrained drained) {
            FewAtATime.each(
                    claims.placedOn(drained.host().value()),
                    () -> holds(drained),
                    // Volumes are placed there too; they are no workspaces.
                    holder -> aggregates
                            .workspace(new WorkspaceId(holder))
                            .filter(DrainPolicy::runs)
                            .ifPresent(w ->
                                    sender.send(name(), recorded, new StopWorkspace(w.id(), StopCause.DRAIN, null))));
        }
    }

    /** Until the host is resumed: what has not been stopped by then goes on. */
    private boolean holds(HostDrained drained) {
        return aggregates
                .host(drained.host())
                .filter(host -> Objects.equals(host.drained(), drained.generation()))
                .isPresent();
    }

    private static boolean runs(Workspace workspace) {
        return workspace.life() == Life.ACTIVE && workspace.desired() == Desired.RUNNING;
    }
}
