package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of images that a host's own agent has built and that are there, and for how long they are kept.
 *
 * @param keptVersions of each image that always stay, the newest ones
 * @param keptSeconds for which the others stay after the last that needed them
 * @param held by image, the newest version first; at most {@link #MAX_HELD}
 */
public record HostImages(int keptVersions, long keptSeconds, List<Held> held) {
    /** 60 KB of each heartbeat; a host with more of them tells of the first. */
    public static final int MAX_HELD = 500;

    public HostImages {
        held = List.copyOf(held);
    }

    /** Whether what is not named is not there. */
    public boolean isWhole() {
        return held.size() < MAX_HELD;
    }

    /** Why a version is still there. */
    public enum Standing {
        /** A container was made from it, running or not. */
        @JsonProperty("in-use")
        IN_USE,
        /** Something desired needs it. */
        @JsonProperty("needed")
        NEEDED,
        /** One of the newest, or nothing is desired of the host at all. */
        @JsonProperty("kept")
        KEPT,
        /** It stays until its time has come. */
        @JsonProperty("going")
        GOING
    }

    /**
     * @param sizeBytes as the engine counts it, with the layers that it shares with others
     * @param goesAt by the agent's clock; null unless it is going
     */
    public record Held(
            String image,
            int version,
            long sizeBytes,
            Standing standing,
            @Nullable Instant goesAt) {}
}
