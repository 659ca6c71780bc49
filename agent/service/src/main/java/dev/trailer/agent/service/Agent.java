package dev.trailer.agent.service;

import dev.trailer.agent.plan.Desired;
import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.HostMetrics;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.agent.service.attempts.Journal;
import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.DockerEngine;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.host.GpuWatch;
import dev.trailer.agent.service.host.HostWatch;
import dev.trailer.agent.service.host.UsageWatch;
import dev.trailer.agent.service.host.VolumeWatch;
import dev.trailer.agent.service.secrets.Furnisher;
import dev.trailer.agent.service.secrets.Masks;
import dev.trailer.agent.service.secrets.Registries;
import dev.trailer.agent.service.server.DesiredKeeper;
import dev.trailer.agent.service.server.FencedException;
import dev.trailer.agent.service.server.Lease;
import dev.trailer.agent.service.server.Retry;
import dev.trailer.agent.service.server.ServerClient;
import dev.trailer.agent.service.server.ServerException;
import dev.trailer.agent.service.server.Session;
import dev.trailer.agent.service.server.Sessions;
import dev.trailer.agent.service.volumes.Transfers;
import dev.trailer.agent.service.volumes.VolumeFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One host's agent. It works on threads of its own from {@link #start} to {@link #close}; closing leaves the containers as they
 * are. Safe for many threads.
 */
public final class Agent implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);
    /** A watch that went deaf without saying so is begun anew after this long. */
    private static final Duration WATCH_LIMIT = Duration.ofHours(1);
    /** Between two samples of what workspaces use. */
    private static final Duration SAMPLES = Duration.ofSeconds(10);
    /** For each thread to end; they are interrupted and wait for nothing else. */
    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final AgentConfig config;
    private final ContainerEngine engine;
    private final ServerClient client;
    private final GpuWatch gpus = new GpuWatch(Objects.requireNonNullElse(System.getenv("PATH"), ""), this::wake);
    private final HostWatch host = new HostWatch(gpus);
    private final Lease lease = new Lease();
    private final Mind mind = new Mind();
    private final Masks masks = new Masks();
    private final Sessions sessions;
    private final DesiredKeeper desired;
    private final Heartbeats heartbeats;
    private final UsageWatch usages;
    private final Journal journal;
    private final AttemptReports attempts;
    private final VolumeWatch volumes;
    private final List<Thread> threads = new ArrayList<>();
    private volatile @Nullable Reconciler reconciler;
    private volatile @Nullable Executor executor;
    private volatile @Nullable HealthWatch health;
    private boolean closed;

    /**
     * Starts and returns at once: neither server nor engine need answer yet.
     *
     * @throws IOException if the state directory cannot be read or written
     */
    public static Agent start(AgentConfig config) throws IOException {
        return start(config, new DockerEngine(config.dockerHost()));
    }

    /**
     * Whether the host was enrolled before, so that it needs no token.
     *
     * @throws IOException if its state cannot be read
     */
    public static boolean isEnrolled(Path stateDirectory) throws IOException {
        return Sessions.isEnrolled(stateDirectory);
    }

    /** With another engine; it is closed with the agent. */
    static Agent start(AgentConfig config, ContainerEngine engine) throws IOException {
        var agent = new Agent(config, engine);
        agent.loop("trailer-agent", agent::begin);
        return agent;
    }

    private Agent(AgentConfig config, ContainerEngine engine) throws IOException {
        this.config = config;
        this.engine = new LeasedEngine(engine, lease);
        client = new ServerClient(config.server(), config.trust());
        sessions = new Sessions(
                client,
                config.stateDirectory(),
                config.enrolmentToken(),
                config.laterToken(),
                config.version(),
                this::facts,
                lease);
        desired = new DesiredKeeper(sessions, client, this::otherwiseDesired);
        usages = new UsageWatch(this.engine::usage, this::running, System::nanoTime);
        var happened = new Signal();
        journal = new Journal(System::nanoTime, masks::mask, happened::raise);
        attempts = new AttemptReports(sessions, client, journal, happened);
        volumes = new VolumeWatch(this::volumeSizes, System::nanoTime);
        heartbeats = new Heartbeats(sessions, client, lease, this::metrics, usages, volumes, gpus, this::wake);
    }

    /** What we are called is known only once enrolled; nothing on the engine is looked at before. */
    private void begin() throws InterruptedException {
        // Before anything is said of this host: a GPU that is not known yet must not be told as one that is not there.
        gpus.look();
        Identity us = sessions.enrol();
        var reconciling = new Reconciler(
                us, config.images(), engine, host, desired::desired, mind, lease, config.clock(), heartbeats::publish);
        var furnisher = new Furnisher(engine, this::secrets, masks, desired::desired);
        var files = new VolumeFiles(us, engine);
        var performer = new Performer(
                us,
                engine,
                new Networks(engine, config.subnetPool()),
                files,
                this::definition,
                mind,
                furnisher,
                new Registries(this::secrets, masks));
        var executing = new Executor(
                performer,
                masks,
                journal,
                mind,
                desired::desired,
                config.clock(),
                reconciling::progressed,
                reconciling::wake);
        var transfers = new Transfers(sessions, client, files, executing, lease::held);
        synchronized (this) {
            if (closed) {
                return;
            }
            reconciler = reconciling;
            executor = executing;
            var checking = new HealthWatch(
                    engine, reconciling::checkable, mind, masks, config.clock(), System::nanoTime, reconciling::wake);
            health = checking;
            loop("trailer-agent-reconciler", () -> reconciling.run(executing));
            loop("trailer-agent-heartbeat", heartbeats::run);
            loop("trailer-agent-attempts", attempts::run);
            loop("trailer-agent-desired", desired::follow);
            loop("trailer-agent-watch", () -> watch(reconciling));
            loop("trailer-agent-transfers", transfers::run);
            loop("trailer-agent-usage", this::sample);
            loop("trailer-agent-volumes", this::measure);
            loop("trailer-agent-gpus", gpus::run);
            loop("trailer-agent-health", checking::run);
        }
    }

    /** Engine events make things quick; the reconciler's timer makes them sure. */
    private void watch(Reconciler reconciling) throws InterruptedException {
        var retry = new Retry();
        while (true) {
            var ended = new Signal();
            try (AutoCloseable watching = engine.watch(reconciling::happened, ended::raise)) {
                LOG.debug("watching {}", watching);
                ended.await(WATCH_LIMIT);
                retry.reset();
            } catch (InterruptedException e) {
                throw e;
            } catch (EngineException e) {
                LOG.debug("engine events: {}", e.words());
            } catch (Exception e) {
                LOG.debug("engine events ended", e);
            }
            wake();
            retry.pause();
        }
    }

    private Map<String, String> running() {
        Reconciler reconciling = reconciler;
        return reconciling == null ? Map.of() : reconciling.running();
    }

    private void sample() throws InterruptedException {
        while (true) {
            Thread.sleep(SAMPLES);
            usages.sample();
        }
    }

    private void measure() throws InterruptedException {
        while (true) {
            Thread.sleep(volumes.measure());
        }
    }

    private Map<String, Long> volumeSizes() {
        Identity us = sessions.identity();
        return us == null ? Map.of() : engine.volumeSizes(us);
    }

    private ImageDefinition definition(ImageRef image) throws InterruptedException {
        Session session = sessions.current();
        try {
            return client.image(session, image);
        } catch (ServerException e) {
            sessions.refused(session, e);
            throw e;
        }
    }

    private SecretValues secrets(String workspace) throws InterruptedException {
        Session session = sessions.current();
        try {
            return client.secrets(session, workspace);
        } catch (ServerException e) {
            sessions.refused(session, e);
            throw e;
        }
    }

    private SecretValues secrets(ImageRef image) throws InterruptedException {
        Session session = sessions.current();
        try {
            return client.secrets(session, image);
        } catch (ServerException e) {
            sessions.refused(session, e);
            throw e;
        }
    }

    private HostFacts facts() {
        try {
            return host.facts(engine.info());
        } catch (EngineException e) {
            return host.factsWithoutEngine();
        }
    }

    /** Null where this machine cannot be measured: a host that does not show its load is still a host. */
    private @Nullable HostMetrics metrics() {
        Reconciler running = reconciler;
        try {
            return host.metrics(running == null ? "" : running.engineRoot());
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("no metrics", e);
            return null;
        }
    }

    private void otherwiseDesired() {
        Desired now = desired.desired();
        if (now != null) {
            masks.keepOnly(now.workspaces().keySet());
        }
        wake();
    }

    private void wake() {
        Reconciler running = reconciler;
        if (running != null) {
            running.wake();
        }
    }

    /** How it is doing now; cheap. */
    public AgentStatus status() {
        Identity us = sessions.identity();
        Reconciler running = reconciler;
        return new AgentStatus(
                us != null,
                us == null ? null : us.host(),
                lease.held(),
                running != null && running.engineUp(),
                sessions.fencedReason(),
                sessions.problem());
    }

    private interface Loop {
        void run() throws InterruptedException;
    }

    private synchronized void loop(String name, Loop loop) {
        if (!closed) {
            threads.add(Thread.ofVirtual().name(name).start(() -> keep(name, loop)));
        }
    }

    /** A fault of ours in one pass must not end the loop for good. */
    private static void keep(String name, Loop loop) {
        var retry = new Retry();
        while (true) {
            try {
                loop.run();
                return;
            } catch (InterruptedException | FencedException e) {
                return;
            } catch (RuntimeException | Error e) {
                LOG.error("{} failed; going on", name, e);
            }
            try {
                retry.pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Ends all work, letting an engine's call in flight finish for a few seconds. Containers keep running. */
    @Override
    public void close() {
        List<Thread> running;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = List.copyOf(threads);
        }
        running.forEach(Thread::interrupt);
        HealthWatch checking = health;
        if (checking != null) {
            checking.close();
        }
        Executor executing = executor;
        if (executing != null) {
            executing.close();
        }
        client.close();
        engine.close();
        for (Thread thread : running) {
            try {
                thread.join(CLOSING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
