package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent did in one lane: one step after the other, until all were done or one was not.
 *
 * @param id a random UUID; {@link Cause.StepFailed#attempt} names it
 * @param subject what it was for: a workspace's id, {@code image:ID/VERSION} or {@code volume:ID}
 * @param generation of the workspace that it was done for; 0 where there is none
 * @param agoMillis how long before this was sent it began: said so because a host's clock may be wrong
 * @param change counts what happened in it, from 1; an older one that arrives late is ignored
 */
public record Attempt(
        String id, String subject, long generation, long agoMillis, long change, Outcome outcome, List<Taken> steps) {
    /** More than a workspace with as many volumes as it may have needs. */
    public static final int MAX_STEPS = 64;

    public Attempt {
        steps = List.copyOf(steps);
    }

    public enum Outcome {
        @JsonProperty("working")
        WORKING,
        @JsonProperty("done")
        DONE,
        @JsonProperty("failed")
        FAILED,
        /** Left off without a fault: not wanted any more, or the engine or the lease was gone. */
        @JsonProperty("left")
        LEFT
    }

    /**
     * A step that was begun.
     *
     * @param afterMillis how long after the attempt's begin
     * @param tookMillis so far, while it is working
     * @param progress how far it is, where that is known
     * @param error the engine's own words, at most {@link Cause.StepFailed#MAX_DETAIL_LENGTH} characters
     * @param tail the last lines of its output, at most {@value #MAX_TAIL_LINES}
     */
    public record Taken(
            Step step,
            long afterMillis,
            long tookMillis,
            Outcome outcome,
            @Nullable Progress progress,
            @Nullable String error,
            List<String> tail) {
        /** The last lines of a build are what says why it failed. */
        public static final int MAX_TAIL_LINES = 30;

        public Taken {
            tail = List.copyOf(tail);
        }
    }

    /**
     * @param done counts from 1: the part that is being worked on
     * @param what the part, in the words of the Dockerfile
     */
    public record Progress(int done, int of, String what) {}
}
