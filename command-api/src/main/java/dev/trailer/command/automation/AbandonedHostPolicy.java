package dev.trailer.command.automation;

import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.host.Host.Presence;
import dev.trailer.domain.host.HostCommand.RemoveHost;
import dev.trailer.domain.host.HostEvent.HostAbandoned;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeCommand.DeleteVolume;
import dev.trailer.domain.volume.VolumeCommand.DetachVolume;
import dev.trailer.domain.volume.VolumeCommand.RecordVolumeRemoval;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.Workspace.Life;
import dev.trailer.domain.workspace.WorkspaceCommand.DeleteWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordRemoval;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes what was on a host that is gone for good out of the records, and then the host. Each workspace and each volume is
 * deleted by a command of its own, so that its history tells what became of it, and because of what.
 */
public final class AbandonedHostPolicy implements Policy {
    private final PolicySender sender;
    private final Aggregates aggregates;
    private final Claims claims;

    public AbandonedHostPolicy(PolicySender sender, Aggregates aggregates, Claims claims) {
        this.sender = sender;
        this.aggregates = aggregates;
        this.claims = claims;
    }

    @Override
    public String name() {
        return "abandoned-host";
    }

    @Override
    public void on(RecordedEvent recorded) {
        if (!(recorded.event() instanceof HostAbandoned abandoned) || !isThere(abandoned.host())) {
            return;
        }
        var host = abandoned.host();
        // First the workspaces: a volume in use is not deleted.
        FewAtATime.each(claims.placedOn(host.value()), () -> true, holder -> aggregates
                .workspace(new WorkspaceId(holder))
                .filter(w -> w.life() != Life.GONE)
                .ifPresent(w -> sender.send(name(), recorded, forget(w))));
        FewAtATime.each(claims.placedOn(host.value()), () -> true, holder -> aggregates
                .volume(new VolumeId(holder))
                .filter(v -> v.life() != Volume.Life.GONE)
                .ifPresent(v -> sender.send(name(), recorded, forget(v))));
        sender.send(name(), recorded, new RemoveHost(host));
        if (isThere(host)) {
            throw new IllegalStateException("host " + host + " is given up, and something is still on it: "
                    + claims.placedOn(host.value()).size());
        }
    }

    private boolean isThere(HostId host) {
        return aggregates
                .host(host)
                .filter(h -> h.presence() == Presence.ABANDONED)
                .isPresent();
    }

    /** Nobody is left who could report that its container is gone. */
    private static List<DomainCommand> forget(Workspace workspace) {
        var commands = new ArrayList<DomainCommand>();
        commands.add(new DeleteWorkspace(workspace.id(), null));
        workspace.spec().volumes().forEach(mount -> commands.add(new DetachVolume(mount.volume(), workspace.id())));
        commands.add(new RecordRemoval(workspace.id()));
        return commands;
    }

    private static List<DomainCommand> forget(Volume volume) {
        return List.of(new DeleteVolume(volume.id()), new RecordVolumeRemoval(volume.id()));
    }
}
