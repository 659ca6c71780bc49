package dev.trailer.command.workspaces;

import dev.trailer.api.ErrorList;
import dev.trailer.api.Ids;
import dev.trailer.command.change.Aggregates;
import dev.trailer.command.hosts.Placement;
import dev.trailer.command.images.ImageLookup;
import dev.trailer.command.secrets.SecretLookup;
import dev.trailer.command.workspaces.WorkspaceDraft.Mount;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.Resources;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeCommand.AttachVolume;
import dev.trailer.domain.volume.VolumeCommand.CreateVolume;
import dev.trailer.domain.volume.VolumeCommand.DeleteVolume;
import dev.trailer.domain.volume.VolumeCommand.DetachVolume;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.VolumeMount;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceCommand.ChangeWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.CreateWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.DeleteWorkspace;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.domain.workspace.WorkspaceSpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns a draft into the commands that carry it out: of the workspace first, then of each volume that comes or goes with
 * it. Reads what is there now; the ledger decides whether it still holds.
 */
public final class WorkspacePlanner {
    private final Aggregates aggregates;
    private final ImageLookup images;
    private final SecretLookup secrets;
    private final Placement placement;
    private final Clock clock;

    public WorkspacePlanner(
            Aggregates aggregates, ImageLookup images, SecretLookup secrets, Placement placement, Clock clock) {
        this.aggregates = aggregates;
        this.images = images;
        this.secrets = secrets;
        this.placement = placement;
        this.clock = clock;
    }

    List<DomainCommand> create(WorkspaceDraft draft, AccountId owner) {
        var id = new WorkspaceId(Ids.next(clock));
        var image = latest(draft);
        var taken = takenVolumes(draft, owner);
        var named = draft.secrets().find(secrets, owner);
        var host = host(draft, taken);
        var commands = new ArrayList<DomainCommand>();
        var mounts = new ArrayList<VolumeMount>();
        for (Mount mount : draft.mounts()) {
            mounts.add(bring(mount, mount.volume(), owner, host, id, commands));
        }
        commands.addFirst(new CreateWorkspace(id, owner, spec(draft, mounts, named), image, host, draft.desired()));
        return commands;
    }

    List<DomainCommand> change(Workspace was, WorkspaceDraft draft) {
        if (draft.host() != null && !draft.host().equals(was.host().name())) {
            throw ErrorList.invalid("/host", "fixed", "a workspace stays on the host that holds its volumes");
        }
        if (draft.desired() == Desired.RUNNING && was.desired() == Desired.STOPPED) {
            placement.requireStarts(was.host());
        }
        takenVolumes(draft, was.owner());
        var named = draft.secrets().find(secrets, was.owner());
        var commands = new ArrayList<DomainCommand>();
        var mounts = new ArrayList<VolumeMount>();
        var kept = new HashSet<VolumeId>();
        for (Mount mount : draft.mounts()) {
            var present = present(was, mount);
            if (present != null) {
                kept.add(present);
                // Told each time; it changes something only where the volume has got another name.
                commands.add(new AttachVolume(present, mount.name(), was.host(), was.id()));
                mounts.add(new VolumeMount(present, mount.name(), mount.path()));
            } else {
                mounts.add(bring(mount, mount.volume(), was.owner(), was.host(), was.id(), commands));
            }
        }
        for (VolumeMount mount : was.spec().volumes()) {
            if (!kept.contains(mount.volume())) {
                commands.add(new DetachVolume(mount.volume(), was.id()));
            }
        }
        var image = draft.image().equals(was.image().name()) ? was.image() : latest(draft);
        commands.addFirst(
                new ChangeWorkspace(was.id(), spec(draft, mounts, named), image, draft.desired(), was.generation()));
        return commands;
    }

    List<DomainCommand> delete(Workspace was, boolean withVolumes) {
        var commands = new ArrayList<DomainCommand>();
        commands.add(new DeleteWorkspace(was.id(), was.generation()));
        for (VolumeMount mount : was.spec().volumes()) {
            commands.add(new DetachVolume(mount.volume(), was.id()));
            if (withVolumes) {
                commands.add(new DeleteVolume(mount.volume()));
            }
        }
        return commands;
    }

    /**
     * The version that a start takes: the latest, unless the image is retired.
     *
     * @throws dev.trailer.domain.reason.Refused if nothing may start on its host
     */
    ImageRef imageToStart(Workspace was) {
        placement.requireStarts(was.host());
        return aggregates
                .image(was.image().id())
                .filter(image -> !image.retired())
                .map(Image::latest)
                .orElse(was.image());
    }

    private ImageRef latest(WorkspaceDraft draft) {
        return images.active(draft.image().value())
                .map(Image::latest)
                .orElseThrow(
                        () -> ErrorList.invalid("/image", "unknown_image", "there is no image named " + draft.image()));
    }

    /** The kept volumes that the draft names, checked to exist and to be the owner's. */
    private List<Volume> takenVolumes(WorkspaceDraft draft, AccountId owner) {
        var errors = new ErrorList();
        var taken = new ArrayList<Volume>();
        for (int i = 0; i < draft.mounts().size(); i++) {
            var id = draft.mounts().get(i).volume();
            if (id == null) {
                continue;
            }
            var volume = aggregates.volume(id).filter(v -> v.owner().equals(owner) && v.life() != Volume.Life.GONE);
            if (volume.isEmpty()) {
                errors.add("/volumes/" + i + "/volume", "unknown_volume", "there is no volume " + id + " of yours");
            } else {
                taken.add(volume.get());
            }
        }
        errors.throwIfAny();
        return taken;
    }

    private HostRef host(WorkspaceDraft draft, List<Volume> taken) {
        var asked = draft.desired() == Desired.RUNNING ? draft.resources() : Resources.NONE;
        var hosts = taken.stream().map(Volume::host).distinct().toList();
        if (hosts.size() > 1) {
            throw ErrorList.invalid("/volumes", "several_hosts", "these volumes are on different hosts");
        }
        if (hosts.isEmpty()) {
            return draft.host() == null ? placement.leastLoaded(asked) : placement.named(draft.host());
        }
        var host = hosts.getFirst();
        if (draft.host() != null && !draft.host().equals(host.name())) {
            throw ErrorList.invalid("/host", "volume_elsewhere", "its volumes are on host " + host.name());
        }
        return placement.named(host.name());
    }

    private VolumeMount bring(
            Mount mount,
            @Nullable VolumeId existing,
            AccountId owner,
            HostRef host,
            WorkspaceId workspace,
            List<DomainCommand> commands) {
        var volume = Objects.requireNonNullElseGet(existing, () -> new VolumeId(Ids.next(clock)));
        commands.add(
                existing == null
                        ? new CreateVolume(volume, mount.name(), owner, host, workspace)
                        : new AttachVolume(volume, mount.name(), host, workspace));
        return new VolumeMount(volume, mount.name(), mount.path());
    }

    /** The volume that the workspace has already and the mount means: by id, or by name where no id is given. */
    private static @Nullable VolumeId present(Workspace was, Mount mount) {
        return was.spec().volumes().stream()
                .filter(m -> mount.volume() == null
                        ? m.name().equals(mount.name())
                        : m.volume().equals(mount.volume()))
                .map(VolumeMount::volume)
                .findFirst()
                .orElse(null);
    }

    private static WorkspaceSpec spec(WorkspaceDraft draft, List<VolumeMount> mounts, WorkspaceSecrets.Found named) {
        return new WorkspaceSpec(
                draft.name(),
                draft.resources(),
                draft.env(),
                mounts,
                draft.apps(),
                draft.autoStop(),
                named.files(),
                named.variables(),
                named.git(),
                draft.healthCheck());
    }
}
