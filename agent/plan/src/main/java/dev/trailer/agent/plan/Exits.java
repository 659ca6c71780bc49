package dev.trailer.agent.plan;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.Cause;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often one workspace's container has ended by itself, and so when it may start again and how that is told.
 *
 * <p>Durations of runs are taken from the engine's clock, waiting from ours; the two are never compared.
 *
 * @param generation of the container; a newer one begins afresh
 * @param run the container's id and start that was looked at last
 * @param runningSince when that run was first seen to run; null while it does not
 * @param inARow exits since the last long run; 0 means that the last exit was wanted
 * @param quick exits in a row of runs under {@link #STEADY}
 * @param restartAt not before this
 * @param exit the last exit, null when none is to be told
 * @param loop what is told instead while it keeps crashing; its first words are kept, so that reports do not flicker
 * @param stopping the container that we were about to stop: its next exit is wanted
 */
record Exits(
        long generation,
        String run,
        @Nullable Instant runningSince,
        int inARow,
        int quick,
        Instant restartAt,
        Cause.@Nullable Exited exit,
        Cause.@Nullable CrashLoop loop,
        @Nullable String stopping) {

    /** A run of this length ends a crash loop; a shorter one is quick (issue 3). */
    static final Duration STEADY = Duration.ofSeconds(60);

    /** A run of this length ends the back-off: one that crashes every minute must not do so at full pace. */
    static final Duration LONG = Duration.ofMinutes(10);

    /** Quick exits after which it is called a crash loop. */
    static final int LOOP = 3;

    static Exits none(long generation) {
        return new Exits(generation, "", null, 0, 0, Instant.EPOCH, null, null, null);
    }

    /** Takes note of a look at the container that should run. */
    Exits seen(Container container, Instant now) {
        String thisRun = container.id() + "@" + container.startedAt();
        return switch (container.status()) {
            case RUNNING -> seenRunning(thisRun, now);
            case EXITED -> run.equals(thisRun) && runningSince == null ? this : seenExited(container, thisRun, now);
            case CREATED, REMOVING, DEAD -> this;
        };
    }

    private Exits seenRunning(String thisRun, Instant now) {
        Instant since = runningSince != null && run.equals(thisRun) ? runningSince : now;
        Duration ran = Duration.between(since, now);
        boolean steady = ran.compareTo(STEADY) >= 0;
        return new Exits(
                generation,
                thisRun,
                since,
                ran.compareTo(LONG) >= 0 ? 0 : inARow,
                steady ? 0 : quick,
                restartAt,
                null,
                steady ? null : loop,
                // What was stopped and runs again has ended as wanted: its next exit is another.
                run.equals(thisRun) ? stopping : null);
    }

    private Exits seenExited(Container container, String thisRun, Instant now) {
        if (container.id().equals(stopping)) {
            return settled(container);
        }
        Duration ran = Duration.between(container.startedAt(), container.finishedAt());
        int exits = ran.compareTo(LONG) >= 0 ? 1 : inARow + 1;
        int quickExits = ran.compareTo(STEADY) >= 0 ? 0 : quick + 1;
        Cause.CrashLoop looping = quickExits < LOOP
                ? null
                : loop != null ? loop : new Cause.CrashLoop(container.exitCode(), container.outOfMemory());
        Instant restart = exits == 1 ? now : now.plus(Backoff.OF_STEPS.after(exits - 1));
        var told = new Cause.Exited(container.exitCode(), container.outOfMemory());
        return new Exits(generation, thisRun, null, exits, quickExits, restart, told, looping, null);
    }

    /** The exit that is seen was wanted: nothing to tell, start at once when asked. */
    Exits settled(Container container) {
        String thisRun = container.id() + "@" + container.startedAt();
        return container.status() == Status.EXITED
                ? new Exits(generation, thisRun, null, 0, 0, Instant.EPOCH, null, null, null)
                : none(generation);
    }

    Exits stopping(String container) {
        return new Exits(generation, run, runningSince, inARow, quick, restartAt, exit, loop, container);
    }

    /** When the report changes by time alone: the end of a crash loop. */
    @Nullable
    Instant steadyAt() {
        return loop == null || runningSince == null ? null : runningSince.plus(STEADY);
    }

    /** Why the container is not simply running, null if it is. */
    @Nullable
    Cause cause() {
        return loop != null ? loop : exit;
    }
}
