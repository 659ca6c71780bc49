package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.Health;
import dev.trailer.agent.protocol.HealthCheck;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace's health checks have shown, and so what is told of it and when its container is started again for it.
 *
 * <p>Unhealthy is told after as many failures in a row as asked for, healthy after one check that passed. What goes to and fro
 * is told {@link #LAPSES} times; from then on it stays unhealthy, over restarts too, until it has been well for {@link #LONG}.
 * So the number of reports is bounded however long it goes on.
 *
 * @param generation of the container; a newer one begins afresh
 * @param asked what the workspace asked for; null for the image's own
 * @param check what is run
 * @param run of the container that was looked at last
 * @param since when that run was first checked, by our clock
 * @param passingSince since when all checks of this run have passed; null if the last one failed, or there was none
 * @param started whether one of this run has passed
 * @param failures of this run in a row that count
 * @param lapses how often it became unhealthy since it last was well for long
 * @param restartAt not before this is it started again
 * @param why the first words of what is told as unhealthy; null while it is not
 */
public record Checked(
        long generation,
        @Nullable HealthCheck asked,
        HealthCheck check,
        String run,
        Instant since,
        @Nullable Instant passingSince,
        boolean started,
        int failures,
        int lapses,
        Instant restartAt,
        Cause.@Nullable Unhealthy why) {

    /** Told as often as it changes up to this often; more often, it is one long story. */
    static final int LAPSES = 3;

    /** Being well for this long ends the story. */
    static final Duration LONG = Duration.ofMinutes(10);

    static Checked begin(CheckTarget target, HealthCheck check, Instant now) {
        return new Checked(
                target.generation(), target.asked(), check, target.run(), now, null, false, 0, 0, Instant.EPOCH, null);
    }

    /** The same after another start of the container: nothing is known of it but what went before. */
    Checked in(String thisRun, Instant now) {
        return run.equals(thisRun)
                ? this
                : new Checked(
                        generation,
                        asked,
                        check,
                        thisRun,
                        now,
                        null,
                        false,
                        0,
                        lapses,
                        restartAt,
                        isLongStory() ? why : null);
    }

    Checked passed(Instant now) {
        Instant passing = passingSince == null ? now : passingSince;
        boolean isLong = !passing.plus(LONG).isAfter(now);
        boolean isWell = isLong || !isLongStory();
        return new Checked(
                generation,
                asked,
                check,
                run,
                since,
                passing,
                true,
                0,
                isLong ? 0 : lapses,
                restartAt,
                isWell ? null : why);
    }

    /** @param episode names it, should this be the one that makes it unhealthy */
    Checked failed(String detail, String episode, Instant now) {
        if (isStarting(now)) {
            return new Checked(generation, asked, check, run, since, null, false, 0, lapses, restartAt, why);
        }
        int inARow = Math.min(failures + 1, check.retries());
        if (isFailing() || inARow < check.retries()) {
            return new Checked(generation, asked, check, run, since, null, started, inARow, lapses, restartAt, why);
        }
        Instant restart = lapses == 0 ? now : now.plus(Backoff.OF_STEPS.after(lapses));
        var told = why != null ? why : new Cause.Unhealthy(check.restart(), episode, detail);
        return new Checked(generation, asked, check, run, since, null, started, inARow, lapses + 1, restart, told);
    }

    /** Whether failures do not count yet. */
    public boolean isStarting(Instant now) {
        return !started && now.isBefore(since.plusMillis(check.startMillis()));
    }

    /** Whether the last checks say that it is not well, whatever is told. */
    boolean isFailing() {
        return failures >= check.retries();
    }

    /** Whether it has gone to and fro so often that a restart is no news. */
    boolean isLongStory() {
        return why != null && lapses >= LAPSES;
    }

    public Health told() {
        return why != null ? Health.UNHEALTHY : started ? Health.HEALTHY : Health.STARTING;
    }

    /** Whether another plan, or another report, may follow from this than from {@code before}. */
    public boolean isNewsAfter(@Nullable Checked before) {
        return before == null || before.told() != told() || before.isFailing() != isFailing();
    }
}
