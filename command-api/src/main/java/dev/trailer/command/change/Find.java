package dev.trailer.command.change;

import dev.trailer.domain.host.Host;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretId;
import dev.trailer.domain.volume.Volume;
import dev.trailer.domain.volume.VolumeId;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.Optional;
import java.util.function.Function;

/** Finds what a path names; whatever is not an id, or of something unknown, is {@code not_found}. */
public final class Find {
    private final Aggregates aggregates;

    public Find(Aggregates aggregates) {
        this.aggregates = aggregates;
    }

    public Workspace workspace(String id) {
        return find("workspace", id, WorkspaceId::new, aggregates::workspace);
    }

    public Volume volume(String id) {
        return find("volume", id, VolumeId::new, aggregates::volume);
    }

    public Image image(String id) {
        return find("image", id, ImageId::new, aggregates::image);
    }

    public Host host(String id) {
        return find("host", id, HostId::new, aggregates::host);
    }

    public Secret secret(String id) {
        return find("secret", id, SecretId::new, aggregates::secret);
    }

    private static <I, S> S find(String kind, String id, Function<String, I> type, Function<I, Optional<S>> load) {
        try {
            var found = load.apply(type.apply(id));
            if (found.isPresent()) {
                return found.get();
            }
        } catch (IllegalArgumentException e) {
            // falls through: not an id at all
        }
        throw new Refused(new Reason.NotFound(kind, id));
    }
}
