package dev.trailer.domain.volume;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.workspace.WorkspaceId;
import org.jspecify.annotations.Nullable;

/** What has happened to a volume. */
public sealed interface VolumeEvent extends DomainEvent {
    VolumeId volume();

    @StoredAs("volume.created")
    record VolumeCreated(VolumeId volume, VolumeName name, AccountId owner, HostRef host, WorkspaceId workspace)
            implements VolumeEvent {}

    /** New, empty, and used by nobody yet. */
    @StoredAs("volume.provided")
    record VolumeProvided(VolumeId volume, VolumeName name, AccountId owner, HostRef host) implements VolumeEvent {}

    /** New; the host has still to copy into it what {@code of} holds. */
    @StoredAs("volume.copy-requested")
    record VolumeCopyRequested(
            VolumeId volume,
            VolumeName name,
            AccountId owner,
            HostRef host,
            @Nullable WorkspaceId workspace,
            VolumeId of)
            implements VolumeEvent {}

    /** The host has the whole copy. */
    @StoredAs("volume.copied")
    record VolumeCopied(VolumeId volume) implements VolumeEvent {}

    /** What it held is being replaced: until it is restored, it holds nothing that is whole. */
    @StoredAs("volume.restore-began")
    record VolumeRestoreBegan(VolumeId volume, TransferId transfer) implements VolumeEvent {}

    /** @param sha256 of the archive that was sent, in hexadecimal */
    @StoredAs("volume.restored")
    record VolumeRestored(VolumeId volume, TransferId transfer, long bytes, String sha256) implements VolumeEvent {}

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
