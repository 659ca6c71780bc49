package dev.trailer.query.port;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Port: which versions of images hosts have, as they last said. Any thread; blocks. */
@FunctionalInterface
public interface HeldImages {
    /**
     * A version on a host.
     *
     * @param host its id
     * @param standing in-use, needed, kept or going
     * @param goesAt null unless it is going
     */
    record Held(
            String host,
            int version,
            long sizeBytes,
            String standing,
            @Nullable Instant goesAt) {}

    /** By image, the newest version first; those that no host has are missing. */
    Map<String, List<Held>> of(Collection<String> images);
}
