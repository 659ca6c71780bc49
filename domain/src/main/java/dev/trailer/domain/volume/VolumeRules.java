package dev.trailer.domain.volume;

import dev.trailer.domain.Decision;
import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.reason.FieldError;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.volume.Volume.Contents;
import dev.trailer.domain.volume.Volume.Life;
import dev.trailer.domain.volume.VolumeCommand.AttachVolume;
import dev.trailer.domain.volume.VolumeCommand.BeginRestore;
import dev.trailer.domain.volume.VolumeCommand.CopyVolume;
import dev.trailer.domain.volume.VolumeCommand.CreateVolume;
import dev.trailer.domain.volume.VolumeCommand.DeleteVolume;
import dev.trailer.domain.volume.VolumeCommand.DetachVolume;
import dev.trailer.domain.volume.VolumeCommand.ProvideVolume;
import dev.trailer.domain.volume.VolumeCommand.RecordCopy;
import dev.trailer.domain.volume.VolumeCommand.RecordRestore;
import dev.trailer.domain.volume.VolumeCommand.RecordVolumeRemoval;
import dev.trailer.domain.volume.VolumeEvent.VolumeAttached;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopied;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopyRequested;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.volume.VolumeEvent.VolumeDeleted;
import dev.trailer.domain.volume.VolumeEvent.VolumeDetached;
import dev.trailer.domain.volume.VolumeEvent.VolumeProvided;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestoreBegan;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestored;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may happen to a volume. Pure; any thread. */
public final class VolumeRules {
    private VolumeRules() {}

    /**
     * @param state null if there is no such volume
     * @throws Refused with the reason, if the command may not be carried out
     */
    public static Decision<VolumeEvent> decide(@Nullable Volume state, VolumeCommand command) {
        if (state == null) {
            return first(command);
        }
        if (state.life() == Life.GONE) {
            throw new Refused(new Reason.NotFound("volume", command.volume().value()));
        }
        return switch (command) {
            case CreateVolume _, ProvideVolume _, CopyVolume _ ->
                throw new IllegalStateException("made twice: " + command.target());
            case RecordCopy c ->
                state.contents() instanceof Contents.Copying
                        ? Decision.of(new VolumeCopied(c.volume()))
                        : Decision.nothing();
            case BeginRestore c -> beginRestore(state, c);
            case RecordRestore c ->
                state.contents().equals(new Contents.Incomplete(c.transfer()))
                        ? Decision.of(new VolumeRestored(c.volume(), c.transfer(), c.bytes(), c.sha256()))
                        : Decision.nothing();
            case AttachVolume c -> attach(state, c);
            case DetachVolume c ->
                c.workspace().equals(state.workspace())
                        ? Decision.of(new VolumeDetached(c.volume(), c.workspace()))
                        : Decision.nothing();
            case DeleteVolume _ -> delete(state);
            case RecordVolumeRemoval c ->
                state.life() == Life.DELETING
                        ? Decision.<VolumeEvent>of(new VolumeRemoved(c.volume()))
                                .claiming(new Claim.Displaced(c.volume().value()))
                        : Decision.nothing();
        };
    }

    private static Decision<VolumeEvent> first(VolumeCommand command) {
        return switch (command) {
            case CreateVolume c ->
                made(new VolumeCreated(c.volume(), c.name(), c.owner(), c.host(), c.workspace()), c.host());
            case ProvideVolume c -> made(new VolumeProvided(c.volume(), c.name(), c.owner(), c.host()), c.host());
            case CopyVolume c ->
                made(
                        new VolumeCopyRequested(c.volume(), c.name(), c.owner(), c.host(), c.workspace(), c.of()),
                        c.host());
            case AttachVolume _,
                    DetachVolume _,
                    DeleteVolume _,
                    RecordCopy _,
                    BeginRestore _,
                    RecordRestore _,
                    RecordVolumeRemoval _ -> throw new Refused(new Reason.NotFound("volume", command.target()));
        };
    }

    private static Decision<VolumeEvent> made(VolumeEvent event, HostRef host) {
        // Placed with no resources: a host cannot be removed while it holds somebody's data.
        return Decision.of(event)
                .claiming(new Claim.Placed(
                        host.id().value(), host.name().value(), event.volume().value(), Resources.NONE));
    }

    private static Decision<VolumeEvent> beginRestore(Volume was, BeginRestore c) {
        requireActive(was);
        requireFree(was);
        if (was.contents() instanceof Contents.Copying) {
            throw new Refused(new Reason.VolumeNotWhole(was.id().value()));
        }
        return was.contents().equals(new Contents.Incomplete(c.transfer()))
                ? Decision.nothing()
                : Decision.of(new VolumeRestoreBegan(c.volume(), c.transfer()));
    }

    private static void requireActive(Volume was) {
        if (was.life() != Life.ACTIVE) {
            throw new Refused(new Reason.BeingDeleted("volume"));
        }
    }

    private static void requireFree(Volume was) {
        if (was.workspace() != null) {
            throw new Refused(
                    new Reason.VolumeInUse(was.id().value(), was.workspace().value()));
        }
    }

    private static Decision<VolumeEvent> attach(Volume was, AttachVolume c) {
        requireActive(was);
        if (c.workspace().equals(was.workspace())) {
            return c.name().equals(was.name())
                    ? Decision.nothing()
                    : Decision.of(new VolumeAttached(c.volume(), c.name(), c.workspace()));
        }
        requireFree(was);
        if (was.contents() instanceof Contents.Incomplete) {
            throw new Refused(new Reason.VolumeNotWhole(was.id().value()));
        }
        if (!was.host().id().equals(c.host().id())) {
            throw new Refused(new Reason.InvalidInput(List.of(new FieldError(
                    "/volumes",
                    "volume_elsewhere",
                    "volume " + was.id() + " is on host " + was.host().name() + ", not on "
                            + c.host().name()))));
        }
        return Decision.of(new VolumeAttached(c.volume(), c.name(), c.workspace()));
    }

    private static Decision<VolumeEvent> delete(Volume was) {
        if (was.life() == Life.DELETING) {
            return Decision.nothing();
        }
        requireFree(was);
        return Decision.of(new VolumeDeleted(was.id()));
    }
}
