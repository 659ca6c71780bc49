package dev.trailer.api;

import dev.trailer.domain.volume.Volume;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A volume as read.
 *
 * @param workspaceId the workspace that uses it, null while it is only kept
 * @param state {@code in-use}, {@code kept} or {@code deleting}
 * @param createdAt null in the answer to a change
 */
@Schema(name = "Volume")
public record VolumeView(
        String id,
        String name,
        String owner,
        String ownerId,
        String host,
        String hostId,
        @Nullable String workspaceId,
        @Nullable String workspaceName,

        @Schema(allowableValues = {"in-use", "kept", "deleting"})
        String state,

        @Nullable Instant createdAt) {

    public static VolumeView of(Volume v, People people, @Nullable String workspaceName, @Nullable Instant createdAt) {
        return new VolumeView(
                v.id().value(),
                v.name().value(),
                people.handleOf(v.owner()),
                v.owner().value(),
                v.host().name().value(),
                v.host().id().value(),
                v.workspace() == null ? null : v.workspace().value(),
                workspaceName,
                switch (v.life()) {
                    case ACTIVE -> v.workspace() == null ? "kept" : "in-use";
                    case DELETING, GONE -> "deleting";
                },
                createdAt);
    }
}
