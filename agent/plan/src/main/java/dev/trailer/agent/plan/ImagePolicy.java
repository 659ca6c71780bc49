package dev.trailer.agent.plan;

import java.time.Duration;

/**
 * Which versions of images a host keeps that nothing needs.
 *
 * @param versions of each image, the newest, however old: what one goes back to, builds on, or starts next
 * @param unneeded since it was built, and since anything needed it as far as the agent's process has seen
 */
public record ImagePolicy(int versions, Duration unneeded) {
    /** With none kept, an image that nobody runs at the moment would be built anew each time. */
    public static final int MIN_VERSIONS = 1;

    public static final int MAX_VERSIONS = 100;
    /** For those who try it out. */
    public static final Duration MIN_UNNEEDED = Duration.ofSeconds(1);

    public static final Duration MAX_UNNEEDED = Duration.ofDays(365);

    /** Going back a version or two is common, to what was there a month ago is not; and a disk is finite. */
    public static final ImagePolicy DEFAULT = new ImagePolicy(3, Duration.ofDays(7));

    public ImagePolicy {
        if (versions < MIN_VERSIONS || versions > MAX_VERSIONS) {
            throw new IllegalArgumentException("must be " + MIN_VERSIONS + " to " + MAX_VERSIONS + " versions");
        }
        if (unneeded.compareTo(MIN_UNNEEDED) < 0 || unneeded.compareTo(MAX_UNNEEDED) > 0) {
            throw new IllegalArgumentException("must be a duration from " + MIN_UNNEEDED + " to P365D");
        }
    }
}
