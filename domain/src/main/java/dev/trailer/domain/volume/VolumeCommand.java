package dev.trailer.domain.volume;

import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.workspace.WorkspaceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What may be asked of a volume. Those that name a workspace are sent together with that workspace's own command. */
public sealed interface VolumeCommand extends DomainCommand {
    VolumeId volume();

    @Override
    default String target() {
        return volume().value();
    }

    /** A new volume, in use by {@code workspace} from its first moment. */
    record CreateVolume(
            @TargetAggregateIdentifier VolumeId volume,
            VolumeName name,
            AccountId owner,
            HostRef host,
            WorkspaceId workspace)
            implements VolumeCommand {}

    /** A new volume that nobody uses yet, and that holds nothing. */
    record ProvideVolume(@TargetAggregateIdentifier VolumeId volume, VolumeName name, AccountId owner, HostRef host)
            implements VolumeCommand {}

    /**
     * A new volume on the same host, to be filled with what another holds.
     *
     * @param workspace who uses it from its first moment; null if nobody does
     * @param of what is copied; it may be a part of a snapshot
     */
    record CopyVolume(
            @TargetAggregateIdentifier VolumeId volume,
            VolumeName name,
            AccountId owner,
            HostRef host,
            @Nullable WorkspaceId workspace,
            VolumeId of)
            implements VolumeCommand {}

    /** The host has the whole copy. */
    record RecordCopy(@TargetAggregateIdentifier VolumeId volume) implements VolumeCommand {}

    /** What it holds is about to be replaced. Refused while in use. */
    record BeginRestore(@TargetAggregateIdentifier VolumeId volume, TransferId transfer) implements VolumeCommand {}

    /** The host has all that was sent, and the checksum agrees. Of a transfer that another has followed it changes nothing. */
    record RecordRestore(@TargetAggregateIdentifier VolumeId volume, TransferId transfer, long bytes, String sha256)
            implements VolumeCommand {}

    /** A kept volume is taken into use, under the name that the workspace gives it; or gets another name there. */
    record AttachVolume(
            @TargetAggregateIdentifier VolumeId volume, VolumeName name, HostRef host, WorkspaceId workspace)
            implements VolumeCommand {}

    /** The workspace no longer uses it; it is kept. */
    record DetachVolume(@TargetAggregateIdentifier VolumeId volume, WorkspaceId workspace) implements VolumeCommand {}

    /** Refused while in use. */
    record DeleteVolume(@TargetAggregateIdentifier VolumeId volume) implements VolumeCommand {}

    /** The host has removed it. */
    record RecordVolumeRemoval(@TargetAggregateIdentifier VolumeId volume) implements VolumeCommand {}
}
