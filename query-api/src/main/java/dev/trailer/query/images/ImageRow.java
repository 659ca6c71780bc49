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
     * @param noCache null in rows from before there was the choice, as where the cache may be used
     * @param startedAt null until its host has begun
     * @param finishedAt null until the outcome is final, or nobody waits for it any more
     * @param cancelled null in rows from before it could be, as where it was not
     */
    record Build(
            int build,
            int version,
            HostRef host,
            @Nullable BuildOutcome outcome,
            @Nullable Boolean noCache,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt,
            @Nullable Boolean cancelled) {
        Build recorded(BuildOutcome now, Instant at) {
            return switch (now) {
                case BuildOutcome.Building _ ->
                    new Build(build, version, host, now, noCache, requestedAt, at, null, cancelled);
                case BuildOutcome.Succeeded _, BuildOutcome.Failed _ ->
                    new Build(build, version, host, now, noCache, requestedAt, startedAt, at, cancelled);
            };
        }

        Build cancelled(Instant at) {
            return new Build(build, version, host, outcome, noCache, requestedAt, startedAt, at, true);
        }

        boolean wasCancelled() {
            return Boolean.TRUE.equals(cancelled);
        }
    }
}
