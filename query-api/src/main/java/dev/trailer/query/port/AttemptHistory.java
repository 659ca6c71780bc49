package dev.trailer.query.port;

import dev.trailer.api.AttemptView;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Port: what hosts did and what it said; kept apart from the history, erasable. Any thread; blocks on the database. */
public interface AttemptHistory {
    /**
     * Those of a workspace, and those of images on its host that were worked on since a time; the newest first.
     *
     * @param images as {@link AttemptView#subject} names them
     * @param after the id of the last one that was seen; null to begin
     */
    List<AttemptView> newest(
            String workspace, String host, Collection<String> images, Instant since, @Nullable String after, int limit);

    /** One of them, if there is one of that id among those. */
    Optional<AttemptView> one(String attempt, String workspace, String host, Collection<String> images);

    /** Those of images on a host that were worked on between two times, the oldest first. */
    List<AttemptView> between(String host, Collection<String> images, Instant from, Instant to, int limit);

    /** Output behind a line, in order; what comes first may begin before it. */
    List<Lines> output(String attempt, long afterLine, int limit);

    /** @param first the number of the first one within its attempt, from 1 */
    record Lines(long first, List<String> lines) {}
}
