package dev.trailer.domain.volume;

import dev.trailer.domain.Decision;
import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.reason.FieldError;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.volume.Volume.Life;
import dev.trailer.domain.volume.VolumeCommand.AttachVolume;
import dev.trailer.domain.volume.VolumeCommand.CreateVolume;
import dev.trailer.domain.volume.VolumeCommand.DeleteVolume;
import dev.trailer.domain.volume.VolumeCommand.DetachVolume;
import dev.trailer.domain.volume.VolumeCommand.RecordVolumeRemoval;
import dev.trailer.domain.volume.VolumeEvent.VolumeAttached;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.volume.VolumeEvent.VolumeDeleted;
import dev.trailer.domain.volume.VolumeEvent.VolumeDetached;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
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
        if (state == null && command instanceof CreateVolume create) {
            return create(create);
        }
        if (state == null || state.life() == Life.GONE) {
            throw new Refused(new Reason.NotFound("volume", command.volume().value()));
        }
        return switch (command) {
            case CreateVolume c -> throw new IllegalStateException("made twice: " + c.target());
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

    private static Decision<VolumeEvent> create(CreateVolume c) {
        // Placed with no resources: a host cannot be removed while it holds somebody's data.
        return Decision.<VolumeEvent>of(new VolumeCreated(c.volume(), c.name(), c.owner(), c.host(), c.workspace()))
                .claiming(new Claim.Placed(
                        c.host().id().value(),
                        c.host().name().value(),
                        c.volume().value(),
                        Resources.NONE));
    }

    private static Decision<VolumeEvent> attach(Volume was, AttachVolume c) {
        if (was.life() != Life.ACTIVE) {
            throw new Refused(new Reason.BeingDeleted("volume"));
        }
        if (c.workspace().equals(was.workspace())) {
            return c.name().equals(was.name())
                    ? Decision.nothing()
                    : Decision.of(new VolumeAttached(c.volume(), c.name(), c.workspace()));
        }
        if (was.workspace() != null) {
            throw new Refused(
                    new Reason.VolumeInUse(was.id().value(), was.workspace().value()));
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
        if (was.workspace() != null) {
            throw new Refused(
                    new Reason.VolumeInUse(was.id().value(), was.workspace().value()));
        }
        return Decision.of(new VolumeDeleted(was.id()));
    }
}
