package dev.trailer.domain.volume;

import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.volume.VolumeEvent.VolumeAttached;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.volume.VolumeEvent.VolumeDeleted;
import dev.trailer.domain.volume.VolumeEvent.VolumeDetached;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A volume as its events have made it. Immutable.
 *
 * @param version counts all events, from 1
 * @param workspace who uses it, null while it is only kept
 */
public record Volume(
        VolumeId id,
        VolumeName name,
        AccountId owner,
        HostRef host,
        long version,
        @Nullable WorkspaceId workspace,
        Life life) {

    /** Where a volume is between being made and being gone. */
    public enum Life {
        ACTIVE,
        DELETING,
        GONE
    }

    /** @param state null before the first event */
    public static Volume evolve(@Nullable Volume state, VolumeEvent event) {
        if (state == null && event instanceof VolumeCreated e) {
            return new Volume(e.volume(), e.name(), e.owner(), e.host(), 1, e.workspace(), Life.ACTIVE);
        }
        var was = Objects.requireNonNull(state, "the first event of a volume is its creation");
        return switch (event) {
            case VolumeCreated e -> throw new IllegalStateException("created twice: " + e.volume());
            case VolumeAttached e -> was.next(e.name(), e.workspace(), Life.ACTIVE);
            case VolumeDetached _ -> was.next(was.name, null, was.life);
            case VolumeDeleted _ -> was.next(was.name, null, Life.DELETING);
            case VolumeRemoved _ -> was.next(was.name, null, Life.GONE);
        };
    }

    private Volume next(VolumeName name, @Nullable WorkspaceId workspace, Life life) {
        return new Volume(id, name, owner, host, version + 1, workspace, life);
    }
}
