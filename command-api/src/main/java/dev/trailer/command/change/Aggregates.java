package dev.trailer.command.change;

import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.Optional;

/** Port: aggregates as their events, read from the ledger now, have made them; also those that are gone. */
public interface Aggregates {
    Optional<Workspace> workspace(WorkspaceId id);

    /** As it is after the event of that sequence, or a later one; perhaps not the latest. */
    Optional<Workspace> workspaceSince(WorkspaceId id, long sequence);

    Optional<Volume> volume(VolumeId id);

    Optional<Image> image(ImageId id);

    Optional<Host> host(HostId id);

    Optional<Secret> secret(SecretId id);
}
