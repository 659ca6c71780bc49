package dev.trailer.agent.service;

import dev.trailer.agent.plan.CheckTarget;
import dev.trailer.agent.plan.Memory;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.EngineDownException;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.Exec;
import dev.trailer.agent.service.secrets.Masks;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs health checks, each at its own pace, and keeps what they show for the planner. The engine runs none: so they are the same
 * on every engine, under the agent's lease, and their words are masked. One thread looks; checks run on threads of their own.
 */
final class HealthWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    /** Between two looks at what is due; the shortest interval is four of them. */
    private static final Duration TICK = Duration.ofMillis(500);
    /** Commands in containers cost the engine time that changes need too; one that hangs holds its place for its limit. */
    static final int AT_ONCE = 4;
    /** While failures do not count yet, so that who waits for a start need not wait for a long interval. */
    private static final Duration START_PACE = Duration.ofSeconds(2);

    private static final int MAX_LINES = 20;
    private static final int MAX_LENGTH = 1_500;

    /** One container's checks. Guarded by the watch. */
    private static final class Watched {
        final CheckTarget target;
        /** Whether the image was asked for its own, and what it said. One thread looks. */
        boolean imageAsked;

        @Nullable
        HealthCheck images;

        long dueNanos;
        boolean busy;

        Watched(CheckTarget target) {
            this.target = target;
        }
    }

    private final ContainerEngine engine;
    private final Supplier<List<CheckTarget>> targets;
    private final Mind mind;
    private final Masks masks;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Runnable changed;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Map<String, Watched> watched = new HashMap<>();

    /** @param changed called when the planner may decide otherwise than before */
    HealthWatch(
            ContainerEngine engine,
            Supplier<List<CheckTarget>> targets,
            Mind mind,
            Masks masks,
            Clock clock,
            LongSupplier nanoTime,
            Runnable changed) {
        this.engine = engine;
        this.targets = targets;
        this.mind = mind;
        this.masks = masks;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.changed = changed;
    }

    /** Until interrupted. */
    void run() throws InterruptedException {
        while (true) {
            look();
            Thread.sleep(TICK);
        }
    }

    /** Begins the checks that are due, as far as there are places. */
    void look() {
        var now = new HashMap<String, CheckTarget>();
        targets.get().forEach(target -> now.put(target.workspace(), target));
        synchronized (watched) {
            watched.values().removeIf(each -> !each.target.equals(now.get(each.target.workspace())));
            now.values().forEach(target -> watched.computeIfAbsent(target.workspace(), _ -> begin(target)));
        }
        for (CheckTarget target : now.values()) {
            Watched each = known(target);
            HealthCheck check = each == null ? null : checkOf(each);
            if (each != null && check != null) {
                beginIfDue(each, check);
            }
        }
    }

    private Watched begin(CheckTarget target) {
        var begun = new Watched(target);
        // A container that has just started is given a moment; a check that is asked for seldom is not waited for.
        begun.dueNanos = nanoTime.getAsLong() + TICK.toNanos();
        return begun;
    }

    private @Nullable Watched known(CheckTarget target) {
        synchronized (watched) {
            return watched.get(target.workspace());
        }
    }

    /** Null if there is none, or its image cannot be asked now. */
    private @Nullable HealthCheck checkOf(Watched each) {
        HealthCheck asked = each.target.asked();
        if (asked != null) {
            return asked;
        }
        try {
            if (!each.imageAsked) {
                each.images = engine.healthCheck(each.target.container()).orElse(null);
                each.imageAsked = true;
            }
            return each.images;
        } catch (EngineException e) {
            LOG.debug("{}: its image cannot be asked for a health check: {}", each.target.workspace(), e.words());
            return null;
        }
    }

    private void beginIfDue(Watched each, HealthCheck check) {
        synchronized (watched) {
            if (each.busy || nanoTime.getAsLong() - each.dueNanos < 0 || !places.tryAcquire()) {
                return;
            }
            each.busy = true;
        }
        threads.execute(() -> {
            try {
                check(each, check);
            } finally {
                places.release();
            }
        });
    }

    private void check(Watched each, HealthCheck check) {
        Duration pace = Duration.ofMillis(check.intervalMillis());
        try {
            String failure = failureOf(each, check);
            if (isWanted(each)) {
                pace = keep(each.target, check, failure);
            }
        } catch (EngineDownException | LeaseLostException e) {
            // Nothing was learned of the workspace.
            LOG.debug("{} was not checked: {}", each.target.workspace(), e.getMessage());
        } finally {
            synchronized (watched) {
                each.dueNanos = nanoTime.getAsLong() + pace.toNanos();
                each.busy = false;
            }
        }
    }

    /** Whether it is still the same run of the same container that should be checked in the same way. */
    private boolean isWanted(Watched each) {
        return targets.get().contains(each.target);
    }

    /** Null if it passed. */
    private @Nullable String failureOf(Watched each, HealthCheck check) {
        var limit = Duration.ofMillis(check.timeoutMillis());
        long begun = nanoTime.getAsLong();
        try {
            var exec = new Exec(each.target.container(), check.command(), new byte[0], limit, () -> isWanted(each));
            var result = engine.exec(exec);
            return result.exitCode() == 0 ? null : "exit status " + result.exitCode() + end(result.output());
        } catch (EngineDownException e) {
            throw e;
        } catch (EngineException e) {
            return nanoTime.getAsLong() - begun >= limit.toNanos()
                    ? "the check did not end within " + limit.toSeconds() + " s"
                    : masks.mask(e.words());
        }
    }

    /** The last lines, masked before they are cut. */
    private String end(String output) {
        List<String> lines = masks.mask(output).strip().lines().toList();
        String last = String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
        String cut = last.substring(Math.max(0, last.length() - MAX_LENGTH));
        return cut.isEmpty() ? "" : ":\n" + cut;
    }

    /** @return how long to wait for the next one */
    private Duration keep(CheckTarget target, HealthCheck check, @Nullable String failure) {
        var now = clock.instant();
        var episode = UUID.randomUUID().toString();
        var news = new boolean[1];
        Memory memory = mind.update(known -> {
            var next = known.checked(target, check, failure, episode, now);
            var after = next.health().get(target.workspace());
            news[0] = after != null && after.isNewsAfter(known.health().get(target.workspace()));
            return next;
        });
        if (news[0]) {
            changed.run();
        }
        var checked = memory.health().get(target.workspace());
        var interval = Duration.ofMillis(check.intervalMillis());
        return checked != null && checked.isStarting(now) && START_PACE.compareTo(interval) < 0 ? START_PACE : interval;
    }

    /** Ends the checks that run. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
