package dev.trailer.agent.service;

import dev.trailer.agent.plan.ImagePolicy;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Map;

/** What a host is told of how long it keeps images, by its agent's environment. */
final class KeptImages {
    static final String VERSIONS = "TRAILER_KEPT_VERSIONS";
    static final String UNUSED = "TRAILER_KEPT_UNUSED";

    private KeptImages() {}

    /** @throws IllegalArgumentException naming the variable and what is allowed */
    static ImagePolicy from(Map<String, String> environment) {
        var usual = ImagePolicy.DEFAULT;
        String versions = environment.getOrDefault(VERSIONS, "");
        String unused = environment.getOrDefault(UNUSED, "");
        var kept = versions.isBlank() ? usual : new ImagePolicy(versions(versions.strip()), usual.unneeded());
        return unused.isBlank() ? kept : new ImagePolicy(kept.versions(), unused(unused.strip()));
    }

    private static int versions(String said) {
        try {
            int versions = Integer.parseInt(said);
            return new ImagePolicy(versions, ImagePolicy.DEFAULT.unneeded()).versions();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    VERSIONS + " must be a number from " + ImagePolicy.MIN_VERSIONS + " to " + ImagePolicy.MAX_VERSIONS,
                    e);
        }
    }

    private static Duration unused(String said) {
        try {
            var duration = Duration.parse(said);
            return new ImagePolicy(ImagePolicy.DEFAULT.versions(), duration).unneeded();
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    UNUSED + " must be a duration from " + ImagePolicy.MIN_UNNEEDED + " to P365D, such as P7D or PT12H",
                    e);
        }
    }
}
