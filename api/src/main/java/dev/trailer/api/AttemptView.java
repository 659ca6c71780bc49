package dev.trailer.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host did at one go, step by step.
 *
 * @param subject the id of a workspace, {@code image:ID/VERSION}, or {@code volume:ID}
 * @param image what was built or pulled, as {@code name:version}; null for what was done for the workspace itself
 * @param generation of the workspace that it was done for; 0 for an image
 * @param endedAt null while it is worked on
 * @param hasOutput whether there is a log of it
 */
@Schema(name = "Attempt")
public record AttemptView(
        String id,
        String subject,
        @Nullable String image,
        long generation,
        Instant startedAt,
        @Nullable Instant endedAt,

        @Schema(allowableValues = {"working", "done", "failed", "left", "lost"})
        String state,

        List<StepView> steps,
        boolean hasOutput) {
    public AttemptView {
        steps = List.copyOf(steps);
    }

    /** Whether there is more to come of it. */
    public boolean goesOn() {
        return state.equals("working");
    }

    public AttemptView of(String imageName) {
        return new AttemptView(id, subject, imageName, generation, startedAt, endedAt, state, steps, hasOutput);
    }

    /**
     * @param step all that there are: the web client has words for each
     * @param durationMillis so far, while it is worked on
     * @param error the engine's own words
     * @param tail the last lines of its output
     */
    @Schema(name = "AttemptStep")
    public record StepView(
            @Schema(
                    allowableValues = {
                        "fetch-image",
                        "build-image",
                        "pull-image",
                        "create-network",
                        "create-volume",
                        "create-container",
                        "start-container",
                        "give-secrets",
                        "clone-repository",
                        "stop-container",
                        "remove-container",
                        "remove-network",
                        "remove-volume",
                        "copy-volume",
                        "remove-image"
                    })
            String step,

            @Schema(allowableValues = {"working", "done", "failed", "left"})
            String state,

            Instant startedAt,
            long durationMillis,
            @Nullable ProgressView progress,
            @Nullable String error,
            List<String> tail) {
        public StepView {
            tail = List.copyOf(tail);
        }
    }

    /** The part of a build that is worked on, in the words of the Dockerfile. */
    @Schema(name = "AttemptProgress")
    public record ProgressView(int done, int of, String what) {}
}
