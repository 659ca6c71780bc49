package dev.trailer.domain.volume;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.workspace.WorkspaceId;

/** What has happened to a volume. */
public sealed interface VolumeEvent extends DomainEvent {
    VolumeId volume();

    @StoredAs("volume.created")
    record VolumeCreated(VolumeId volume, VolumeName name, AccountId owner, HostRef host, WorkspaceId workspace)
            implements VolumeEvent {}

    @StoredAs("volume.attached")
    record VolumeAttached(VolumeId volume, VolumeName name, WorkspaceId workspace) implements VolumeEvent {}

    @StoredAs("volume.detached")
    record VolumeDetached(VolumeId volume, WorkspaceId workspace) implements VolumeEvent {}

    /** Somebody deleted it; the host has still to remove it. */
    @StoredAs("volume.deleted")
    record VolumeDeleted(VolumeId volume) implements VolumeEvent {}

    /** The last event of a volume. */
    @StoredAs("volume.removed")
    record VolumeRemoved(VolumeId volume) implements VolumeEvent {}
}
