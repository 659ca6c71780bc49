package dev.trailer.agent.service;

import dev.trailer.agent.plan.Action;
import dev.trailer.agent.plan.Desired;
import dev.trailer.agent.plan.Memory;
import dev.trailer.agent.plan.Names;
import dev.trailer.agent.plan.Plan;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.service.attempts.Journal;
import dev.trailer.agent.service.attempts.Running;
import dev.trailer.agent.service.engine.EngineDownException;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.secrets.Masks;
import dev.trailer.agent.service.server.FencedException;
import dev.trailer.agent.service.server.ServerException;
import dev.trailer.agent.service.volumes.Transfers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries plans out: the actions of one lane one after the other, lanes beside each other. A lane ends at its first failure,
 * when the lease is lost, and when what it was planned for is not desired any more; the next look decides anew.
 */
final class Executor implements Transfers.Lanes, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Executor.class);
    /** Engines do most changes one at a time inside; more at once only wait there, where we cannot order them. */
    private static final int ENGINE_CHANGES = 8;

    private static final String NOBODY = "left off: nobody needs it any more";
    /** Builds use whole cores. */
    private static final int BUILDS = 2;
    /** They take minutes, of the network more than of anything else. */
    private static final int CLONES = 4;
    /** Copies keep a disk busy for long; more at once only make each slower. */
    private static final int COPIES = 2;
    /** What an engine's call may still need when the process is asked to end. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final Performer performer;
    private final Masks masks;
    private final Journal journal;
    private final Mind mind;
    private final Supplier<@Nullable Desired> desired;
    private final Clock clock;
    private final Runnable progressed;
    private final Runnable ended;
    private final Semaphore changes = new Semaphore(ENGINE_CHANGES);
    private final Semaphore builds = new Semaphore(BUILDS);
    private final Semaphore clones = new Semaphore(CLONES);
    private final Semaphore copies = new Semaphore(COPIES);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> endedLanes = new HashSet<>();
    /** The threads of the lanes in which images are worked on, and those of them that were told to leave off. */
    private final Map<String, Thread> imageLanes = new HashMap<>();

    private final Set<String> abandoned = new HashSet<>();
    private volatile boolean closed;

    /**
     * @param progressed called when a step begins
     * @param ended called when a lane has ended and the engine should be looked at again
     */
    Executor(
            Performer performer,
            Masks masks,
            Journal journal,
            Mind mind,
            Supplier<@Nullable Desired> desired,
            Clock clock,
            Runnable progressed,
            Runnable ended) {
        this.performer = performer;
        this.masks = masks;
        this.journal = journal;
        this.mind = mind;
        this.desired = desired;
        this.clock = clock;
        this.progressed = progressed;
        this.ended = ended;
    }

    /** Lanes that ended before this moment count as idle from the next observation on. Call before observing. */
    void settle() {
        List<String> lanes;
        synchronized (endedLanes) {
            lanes = List.copyOf(endedLanes);
            endedLanes.clear();
        }
        mind.update(memory -> memory.ended(lanes));
    }

    /** Starts what the plan says; it names only idle lanes. One thread calls this. */
    void carryOut(Plan plan, Desired plannedFor) {
        Map<String, List<Action>> lanes = new LinkedHashMap<>();
        plan.actions().forEach(action -> lanes.computeIfAbsent(action.lane(), _ -> new ArrayList<>())
                .add(action));
        lanes.forEach((lane, actions) -> {
            // Before the thread runs: the next plan must not give the lane away twice. A transfer may just have taken
            // it.
            if (enter(lane, memory -> memory.begins(actions))) {
                threads.execute(() -> run(lane, actions, plannedFor));
            }
        });
    }

    /** Takes an idle lane. */
    @Override
    public boolean enter(String lane, Step step) {
        return enter(lane, memory -> memory.begins(lane, step));
    }

    private boolean enter(String lane, UnaryOperator<Memory> begins) {
        var entered = new AtomicBoolean();
        mind.update(memory -> {
            entered.set(!memory.working().containsKey(lane));
            return entered.get() ? begins.apply(memory) : memory;
        });
        return entered.get();
    }

    @Override
    public void leave(String lane) {
        synchronized (endedLanes) {
            endedLanes.add(lane);
        }
        ended.run();
    }

    @Override
    public boolean isBeingCopied(String volume) {
        Desired now = desired.get();
        var working = mind.now().working();
        return now != null
                && now.volumes().values().stream()
                        .anyMatch(copy ->
                                volume.equals(copy.copyOf()) && working.containsKey(Names.volumeLane(copy.id())));
    }

    /** Leaves off work on images that nobody needs any more: cancelled builds, above all. */
    void leaveOff(Set<String> neededLanes) {
        synchronized (imageLanes) {
            imageLanes.forEach((lane, thread) -> {
                if (!neededLanes.contains(lane) && abandoned.add(lane)) {
                    LOG.info("{}: nobody needs it any more", lane);
                    thread.interrupt();
                }
            });
        }
    }

    private boolean isAbandoned(Action action) {
        synchronized (imageLanes) {
            return abandoned.contains(action.lane());
        }
    }

    private void run(String lane, List<Action> actions, Desired plannedFor) {
        if (actions.getFirst() instanceof Action.OnImage) {
            synchronized (imageLanes) {
                imageLanes.put(lane, Thread.currentThread());
            }
        }
        var attempt = journal.begins(lane, actions.getFirst().generation());
        try {
            for (Action action : actions) {
                if (!step(action, plannedFor, attempt)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{}: interrupted", lane);
        } finally {
            synchronized (imageLanes) {
                imageLanes.remove(lane);
                abandoned.remove(lane);
            }
            attempt.ends();
            leave(lane);
        }
    }

    private boolean step(Action action, Desired plannedFor, Running attempt) throws InterruptedException {
        Semaphore turn =
                switch (action) {
                    case Action.BuildImage _, Action.PullImage _ -> builds;
                    case Action.CloneRepository _ -> clones;
                    case Action.CopyVolume _ -> copies;
                    case Action _ -> changes;
                };
        turn.acquire();
        try {
            if (closed || !isStillWanted(action, plannedFor)) {
                return false;
            }
            mind.update(memory -> memory.begins(action));
            progressed.run();
            return attempt(action, attempt);
        } finally {
            turn.release();
        }
    }

    private boolean attempt(Action action, Running attempt) throws InterruptedException {
        long start = System.nanoTime();
        attempt.begins(action.step());
        try {
            performer.perform(action, attempt::said);
            mind.update(memory -> memory.succeeded(action));
            attempt.done();
            log(action, start, "done");
            return true;
        } catch (LeaseLostException | FencedException | EngineDownException e) {
            // Nobody's fault and nothing to back off from: acting goes on when lease and engine are back.
            attempt.left(String.valueOf(e.getMessage()));
            log(action, start, e.getMessage());
            return false;
        } catch (InterruptedException e) {
            attempt.left(isAbandoned(action) ? NOBODY : "interrupted");
            throw e;
        } catch (EngineException e) {
            if (isAbandoned(action)) {
                attempt.left(NOBODY);
                log(action, start, NOBODY);
                return false;
            }
            failed(action, attempt, e.words(), start);
            return false;
        } catch (ServerException | IllegalArgumentException e) {
            failed(action, attempt, String.valueOf(e.getMessage()), start);
            return false;
        } catch (RuntimeException | Error e) {
            // A fault of ours: told like any other, or it would be tried again at once for ever.
            LOG.error("{} {} {}", action.lane(), action.step(), masks.mask(trace(e)));
            failed(action, attempt, e.toString(), start);
            return false;
        }
    }

    private static String trace(Throwable fault) {
        var trace = new StringWriter();
        fault.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private void failed(Action action, Running attempt, String words, long start) {
        var detail = attempt.failed(words);
        mind.update(
                memory -> memory.failed(action, attempt.id(), detail, clock.instant(), ThreadLocalRandom.current()));
        log(action, start, "failed: " + detail.lines().findFirst().orElse(""));
    }

    private static void log(Action action, long start, @Nullable String outcome) {
        LOG.info(
                "{} {} {} ms {}",
                action.lane(),
                action.step(),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                outcome);
    }

    private boolean isStillWanted(Action action, Desired plannedFor) {
        Desired now = desired.get();
        if (now == null) {
            return false;
        }
        return switch (action) {
            case Action.OnWorkspace workspace -> {
                var planned = plannedFor.workspaces().get(workspace.workspace());
                yield planned != null && planned.equals(now.workspaces().get(workspace.workspace()));
            }
            case Action.RemoveVolume volume -> {
                var wanted = now.volumes().get(volume.volume());
                yield wanted != null && wanted.remove();
            }
            case Action.RemoveImage image ->
                !image.hasName() || !mind.now().imageLanes(now).contains(image.lane());
            case Action.CopyVolume copy -> {
                var wanted = now.volumes().get(copy.volume());
                yield wanted != null && !wanted.remove() && copy.from().equals(wanted.copyOf());
            }
            case Action.RemoveHelper _, Action.OnImage _ -> true;
        };
    }

    @Override
    public void close() {
        closed = true;
        threads.shutdown();
        try {
            if (!threads.awaitTermination(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
