package dev.trailer.domain.volume;

import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.workspace.WorkspaceId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

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
