package dev.trailer.api;

import dev.trailer.domain.secret.Secret;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A secret as read: all but its value, which nobody can read back.
 *
 * @param version counts its values; its ETag too
 * @param usedBy the workspaces that name it; empty in the answer to a change
 * @param createdAt null in the answer to a change
 * @param renewedAt when the latest value came; null in the answer to a change
 * @param lastUsedAt when an agent last fetched it for a workspace or a pull; null if none ever did, and in the answer to a
 *     change
 */
@Schema(name = "Secret")
public record SecretView(
        String id,
        String name,
        String owner,
        String ownerId,
        long version,
        List<UserView> usedBy,
        @Nullable Instant createdAt,
        @Nullable Instant renewedAt,
        @Nullable Instant lastUsedAt) {

    /** A workspace that names it. */
    @Schema(name = "SecretUser")
    public record UserView(String workspaceId, String workspaceName) {}

    public static SecretView of(Secret s, People people) {
        return of(s, people, List.of(), null, null, null);
    }

    public static SecretView of(
            Secret s,
            People people,
            List<UserView> usedBy,
            @Nullable Instant createdAt,
            @Nullable Instant renewedAt,
            @Nullable Instant lastUsedAt) {
        return new SecretView(
                s.id().value(),
                s.name().value(),
                people.handleOf(s.owner()),
                s.owner().value(),
                s.version(),
                usedBy,
                createdAt,
                renewedAt,
                lastUsedAt);
    }
}
