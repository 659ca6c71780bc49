package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * How far a requested build has come.
 *
 * @param digest the engine's id of the image, once succeeded
 * @param cause once failed
 */
public record BuildReport(
        String image,
        int build,
        State state,
        @Nullable String digest,
        long sizeBytes,
        @Nullable Cause cause) {
    public enum State {
        @JsonProperty("building")
        BUILDING,
        @JsonProperty("succeeded")
        SUCCEEDED,
        @JsonProperty("failed")
        FAILED
    }
}
