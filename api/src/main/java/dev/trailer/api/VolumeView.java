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
 * @param contents {@code whole}; {@code copying} while its host has still to fill it; {@code incomplete} while it is being
 *     restored, or after that broke off: then it can only be restored again, or deleted
 * @param sizeBytes what its files took when its host last measured; null if it never did
 * @param measuredAt when that was
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

        @Schema(allowableValues = {"whole", "copying", "incomplete"})
        String contents,

        @Nullable Long sizeBytes,
        @Nullable Instant measuredAt,
        @Nullable Instant createdAt) {

    /** What a volume took, and when that was measured. */
    public record Size(long bytes, Instant measuredAt) {}

    /** In the answer to a change. */
    public static VolumeView of(Volume v, People people) {
        return of(v, people, null, null, null);
    }

    public static VolumeView of(
            Volume v, People people, @Nullable String workspaceName, @Nullable Size size, @Nullable Instant createdAt) {
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
                switch (v.contents()) {
                    case Volume.Contents.Whole _ -> "whole";
                    case Volume.Contents.Copying _ -> "copying";
                    case Volume.Contents.Incomplete _ -> "incomplete";
                },
                size == null ? null : size.bytes(),
                size == null ? null : size.measuredAt(),
                createdAt);
    }
}
