package dev.trailer.query.images;

import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.BuildOutcome;
import dev.trailer.domain.image.Image;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image in its view.
 *
 * @param versionTimes when each version was made, the first at index 0
 * @param builds the latest, the newest first
 */
record ImageRow(Image state, Instant createdAt, List<Instant> versionTimes, List<Build> builds) {
    ImageRow {
        versionTimes = List.copyOf(versionTimes);
        builds = List.copyOf(builds);
    }

    /**
     * @param version of the image
     * @param outcome null until its host has begun
     * @param finishedAt null until the outcome is final
     */
    record Build(
            int build,
            int version,
            HostRef host,
            @Nullable BuildOutcome outcome,
            Instant requestedAt,
            @Nullable Instant finishedAt) {}
}
