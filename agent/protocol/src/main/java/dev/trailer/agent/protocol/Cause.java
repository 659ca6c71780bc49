package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Why a workspace or build is in the phase that an agent reports. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Cause.Working.class, name = "working"),
    @JsonSubTypes.Type(value = Cause.Exited.class, name = "exited"),
    @JsonSubTypes.Type(value = Cause.CrashLoop.class, name = "crash-loop"),
    @JsonSubTypes.Type(value = Cause.StepFailed.class, name = "step-failed"),
    @JsonSubTypes.Type(value = Cause.EngineDown.class, name = "engine-down"),
    @JsonSubTypes.Type(value = Cause.GpuUnavailable.class, name = "gpu-unavailable"),
    @JsonSubTypes.Type(value = Cause.Unhealthy.class, name = "unhealthy"),
})
public sealed interface Cause {
    record Working(Step step) implements Cause {}

    record Exited(int exitCode, boolean outOfMemory) implements Cause {}

    record CrashLoop(int exitCode, boolean outOfMemory) implements Cause {}

    /**
     * @param attempt the id of the {@link Attempt} that failed; the first one's while the same failure is reported
     * @param detail the engine's own words, at most {@value #MAX_DETAIL_LENGTH} characters; kept apart from the history
     */
    record StepFailed(Step step, String attempt, String detail) implements Cause {
        /** Enough for an engine's error and the last lines of a build; a bound on a heartbeat's size. */
        public static final int MAX_DETAIL_LENGTH = 2_000;
    }

    record EngineDown() implements Cause {}

    /** It should have GPUs, and is not started without them. */
    record GpuUnavailable(GpuTrouble trouble) implements Cause {}

    /**
     * It runs, and is not well.
     *
     * @param restarted whether its container is started again for that
     * @param episode a random UUID; the same from the check that made it unhealthy until it is well again
     * @param detail how that check ended and what it said last, as in {@link StepFailed}
     */
    record Unhealthy(boolean restarted, String episode, String detail) implements Cause {}
}
