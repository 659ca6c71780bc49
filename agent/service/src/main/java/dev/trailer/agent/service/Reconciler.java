package dev.trailer.agent.service;

import dev.trailer.agent.plan.CheckTarget;
import dev.trailer.agent.plan.Desired;
import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.ImagePolicy;
import dev.trailer.agent.plan.Memory;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.plan.Plan;
import dev.trailer.agent.plan.Planner;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.EngineInfo;
import dev.trailer.agent.service.host.HostWatch;
import dev.trailer.agent.service.server.Lease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Look, plan, act, report; again on every wake-up, when the plan asks for it, and every {@link #INTERVAL} whatever happened. A
 * pass that finds nothing to do changes nothing on the engine.
 */
final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);
    /** Everything is looked at again after this long, so that no lost event matters for longer. */
    static final Duration INTERVAL = Duration.ofSeconds(30);
    /** An engine's own action is several events; they are one look. At most half of the time goes into looking. */
    private static final Duration LONGEST_GAP = Duration.ofMillis(50);

    private static final Duration SHORTEST_GAP = Duration.ofMillis(5);
    /** An engine's events come in bursts, most of them of our own changes, whose end is looked at in any case. */
    private static final Duration SETTLING = Duration.ofMillis(100);
    /** A step that is over sooner is not told of while it lasts: nobody could read it, and each would be a fact for ever. */
    private static final Duration NOTICEABLE = Duration.ofMillis(200);
    /** An engine that hiccups is reported as down at once, its workspaces only after this long. */
    private static final Duration HICCUP = Duration.ofSeconds(10);
    /** How often an engine that is down is tried. */
    private static final Duration DOWN = Duration.ofSeconds(2);
    /** Between two looks it is asked this often whether it answers: one that hangs sends no event. */
    private static final Duration PULSE = Duration.ofSeconds(2);

    private final Identity us;
    private final ImagePolicy policy;
    private final ContainerEngine engine;
    private final HostWatch host;
    private final Supplier<@Nullable Desired> desired;
    private final Mind mind;
    private final Lease lease;
    private final Clock clock;
    private final Consumer<Reports> publish;
    private final Signal wake = new Signal();
    private final Soon look = new Soon(SETTLING, this::wake);
    private final Soon progress = new Soon(NOTICEABLE, this::tellProgress);

    /** What was last seen and planned for: guarded by this, as a step's begin republishes from its own thread. */
    private @Nullable Desired seenDesired;

    private @Nullable Observed seen;
    private @Nullable HostFacts facts;
    private @Nullable Plan lastPlan;
    private @Nullable Instant downSince;
    private volatile @Nullable EngineInfo info;
    private @Nullable Instant infoAt;

    Reconciler(
            Identity us,
            ImagePolicy policy,
            ContainerEngine engine,
            HostWatch host,
            Supplier<@Nullable Desired> desired,
            Mind mind,
            Lease lease,
            Clock clock,
            Consumer<Reports> publish) {
        this.us = us;
        this.policy = policy;
        this.engine = engine;
        this.host = host;
        this.desired = desired;
        this.mind = mind;
        this.lease = lease;
        this.clock = clock;
        this.publish = publish;
    }

    /** Something else is wanted, or something that we did is done: looks at once. */
    void wake() {
        wake.raise();
    }

    /** Something happened on the engine: looks once it has settled. */
    void happened() {
        look.ask();
    }

    /** Where the engine keeps its data; empty until it has answered. */
    String engineRoot() {
        EngineInfo known = info;
        return known == null ? "" : known.rootDirectory();
    }

    /** The engine's ids of our containers that ran at the last look, by workspace. */
    Map<String, String> running() {
        Observed observed;
        synchronized (this) {
            observed = downSince == null ? seen : null;
        }
        if (observed == null) {
            return Map.of();
        }
        var running = new HashMap<String, String>();
        for (var container : observed.containers()) {
            var workspace = container.labels().get(Labels.WORKSPACE);
            if (workspace != null && us.owns(container.labels()) && container.status() == Observed.Status.RUNNING) {
                running.put(workspace, container.id());
            }
        }
        return running;
    }

    /** The containers that should be well, as of the last look; none while the engine does not answer. */
    List<CheckTarget> checkable() {
        Desired wanted;
        Observed observed;
        synchronized (this) {
            wanted = seenDesired;
            observed = downSince == null ? seen : null;
        }
        return wanted == null || observed == null ? List.of() : CheckTarget.of(us, wanted, observed, mind.now());
    }

    boolean engineUp() {
        synchronized (this) {
            return seen != null && downSince == null;
        }
    }

    /** Until interrupted. */
    void run(Executor executor) throws InterruptedException {
        while (true) {
            long began = System.nanoTime();
            Instant next = pass(executor);
            Signal.rest(gapAfter(Duration.ofNanos(System.nanoTime() - began)));
            rest(next);
        }
    }

    /** Until then, a wake-up, or the engine's silence. */
    private void rest(Instant next) throws InterruptedException {
        for (Instant now = clock.instant(); now.isBefore(next); now = clock.instant()) {
            Duration left = Duration.between(now, next);
            if (wake.await(left.compareTo(PULSE) < 0 ? left : PULSE) || !answers()) {
                return;
            }
        }
    }

    private boolean answers() {
        try {
            engine.ping();
            return true;
        } catch (EngineException e) {
            return false;
        }
    }

    private static Duration gapAfter(Duration look) {
        if (look.compareTo(SHORTEST_GAP) < 0) {
            return SHORTEST_GAP;
        }
        return look.compareTo(LONGEST_GAP) > 0 ? LONGEST_GAP : look;
    }

    /** @return when to look again at the latest */
    Instant pass(Executor executor) {
        executor.settle();
        Desired wanted = desired.get();
        Instant now = clock.instant();
        try {
            engine.ping();
            Observed observed = engine.observe(us).with(host.gpus());
            refreshInfo(now);
            if (wanted == null) {
                saw(observed);
                return now.plus(INTERVAL);
            }
            return act(executor, wanted, observed, now);
        } catch (EngineException e) {
            return engineDown(e, wanted, now, clock.instant());
        }
    }

    private void refreshInfo(Instant now) {
        EngineInfo known = info;
        if (facts == null || known == null || infoAt == null || !now.isBefore(infoAt.plus(INTERVAL))) {
            known = engine.info();
            info = known;
            infoAt = now;
        }
        facts = host.facts(known);
    }

    private synchronized void saw(Observed observed) {
        seen = observed;
        downSince = null;
        publish.accept(new Reports(
                true,
                facts,
                Reports.NOTHING_SEEN.workspaces(),
                Reports.NOTHING_SEEN.volumes(),
                Reports.NOTHING_SEEN.builds(),
                Reports.NOTHING_SEEN.strays(),
                Reports.NOTHING_SEEN.images()));
    }

    private synchronized Instant act(Executor executor, Desired wanted, Observed observed, Instant now) {
        Memory memory = mind.update(known -> known.seen(wanted, observed, us, now));
        Plan plan = Planner.plan(us, policy, wanted, observed, memory, now);
        if (downSince != null) {
            LOG.info("the engine answers again");
        }
        seen = observed;
        seenDesired = wanted;
        lastPlan = plan;
        downSince = null;
        publish(plan, true);
        executor.leaveOff(memory.imageLanes(wanted));
        if (lease.held()) {
            executor.carryOut(plan, wanted);
        }
        Instant limit = now.plus(INTERVAL);
        Instant next = plan.nextLook();
        return next != null && next.isBefore(limit) ? next : limit;
    }

    /** @param asked when it was asked in vain: it may have taken long to give up */
    private synchronized Instant engineDown(EngineException e, @Nullable Desired wanted, Instant asked, Instant now) {
        if (downSince == null) {
            LOG.warn("{}", e.words());
            downSince = asked;
        }
        facts = null;
        boolean hiccup = now.isBefore(downSince.plus(HICCUP));
        Plan known = lastPlan;
        if (wanted == null) {
            publish.accept(Reports.NOTHING_SEEN);
        } else if (!hiccup || known == null) {
            publish(Planner.blind(wanted, known), false);
        } else {
            publish(known, false);
        }
        return now.plus(DOWN);
    }

    /** A step began. */
    void progressed() {
        progress.ask();
    }

    /** From what was last seen, without asking the engine again. */
    private void tellProgress() {
        synchronized (this) {
            if (seen != null && seenDesired != null && downSince == null) {
                publish(Planner.plan(us, policy, seenDesired, seen, mind.now(), clock.instant()), true);
            }
        }
    }

    private void publish(Plan plan, boolean engineUp) {
        publish.accept(new Reports(
                engineUp,
                facts,
                plan.workspaces(),
                plan.volumes(),
                plan.builds(),
                plan.strays(),
                engineUp ? plan.images() : null));
    }
}
