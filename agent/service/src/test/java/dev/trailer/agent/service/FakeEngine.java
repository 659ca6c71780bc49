package dev.trailer.agent.service;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.service.engine.BuildSpec;
import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.ContainerSpec;
import dev.trailer.agent.service.engine.EngineDownException;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.EngineInfo;
import dev.trailer.agent.service.engine.NetworkSpec;
import dev.trailer.agent.service.engine.Subnet;
import dev.trailer.agent.service.engine.Usage;
import dev.trailer.agent.service.engine.VolumeSpec;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An engine in memory that fails, hangs and goes away as told, and counts what was asked of it. */
final class FakeEngine implements ContainerEngine {
    private final Map<String, Observed.Container> containers = new HashMap<>();
    private final Map<String, Observed.Network> networks = new HashMap<>();
    private final Map<String, Observed.Volume> volumes = new HashMap<>();
    private final List<Observed.Image> images = new ArrayList<>();
    private final List<Subnet> subnets = new ArrayList<>();
    private final Map<String, String> failures = new HashMap<>();
    private final List<String> changes = new ArrayList<>();
    private boolean down;
    private @Nullable CountDownLatch gate;
    private int inFlight;
    private int mostInFlight;
    private int ids;

    /** Every call of that name fails with these words until {@link #heal}. */
    synchronized void fail(String call, String words) {
        failures.put(call, words);
    }

    synchronized void heal() {
        failures.clear();
        down = false;
    }

    synchronized void goDown() {
        down = true;
    }

    /** Changes wait until the latch is opened. */
    synchronized void hold(CountDownLatch latch) {
        gate = latch;
    }

    /** The names of the changes asked for so far, also those that failed. */
    synchronized List<String> changes() {
        return List.copyOf(changes);
    }

    synchronized int mostInFlight() {
        return mostInFlight;
    }

    synchronized List<Observed.Container> containers() {
        return List.copyOf(containers.values());
    }

    private void change(String call, Runnable effect) {
        CountDownLatch wait;
        synchronized (this) {
            changes.add(call);
            inFlight++;
            mostInFlight = Math.max(mostInFlight, inFlight);
            wait = gate;
        }
        try {
            if (wait != null) {
                wait.await();
            }
            synchronized (this) {
                answers();
                String words = failures.get(call);
                if (words != null) {
                    throw new EngineException(words);
                }
                effect.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted", e);
        } finally {
            synchronized (this) {
                inFlight--;
            }
        }
    }

    private synchronized void answers() {
        if (down) {
            throw new EngineDownException("the engine does not answer", new IOException("scripted"));
        }
    }

    @Override
    public synchronized EngineInfo info() {
        answers();
        return new EngineInfo("fake", "1", "1", "os", "arch", 4, 8L << 30, "/");
    }

    @Override
    public synchronized Observed observe(Identity us) {
        answers();
        return new Observed(
                List.copyOf(containers.values()),
                List.copyOf(networks.values()),
                List.copyOf(volumes.values()),
                List.copyOf(images));
    }

    @Override
    public synchronized Usage usage(String container) {
        answers();
        return new Usage(0, 0, 0, 0, 0, 0, 1);
    }

    @Override
    public synchronized List<Subnet> subnets() {
        answers();
        return List.copyOf(subnets);
    }

    @Override
    public boolean hasImage(String reference) {
        return false;
    }

    @Override
    public String build(BuildSpec spec, Consumer<String> log) {
        log.accept("building " + spec.tag());
        change(
                "build",
                () -> images.add(new Observed.Image("sha256:" + ids++, Set.of(spec.tag()), spec.labels(), 1_000)));
        return "sha256";
    }

    @Override
    public void pull(String reference, Consumer<String> log) {
        change("pull", () -> {});
    }

    @Override
    public void createNetwork(NetworkSpec spec) {
        change("createNetwork", () -> {
            subnets.add(spec.subnet());
            networks.put(spec.name(), new Observed.Network("n" + ids++, spec.name(), spec.labels()));
        });
    }

    @Override
    public void removeNetwork(String id) {
        change("removeNetwork", () -> networks.values()
                .removeIf(network -> network.id().equals(id)));
    }

    @Override
    public void createVolume(VolumeSpec spec) {
        change("createVolume", () -> volumes.put(spec.name(), new Observed.Volume(spec.name(), spec.labels())));
    }

    @Override
    public void removeVolume(VolumeSpec spec) {
        change("removeVolume", () -> volumes.remove(spec.name()));
    }

    @Override
    public String createContainer(ContainerSpec spec) {
        change("createContainer", () -> {
            Set<String> mounted =
                    spec.mounts().stream().map(ContainerSpec.Mount::volume).collect(Collectors.toSet());
            containers.put(
                    spec.name(),
                    new Observed.Container(
                            "c" + ids++,
                            spec.name(),
                            spec.labels(),
                            Status.CREATED,
                            0,
                            false,
                            Instant.EPOCH,
                            Instant.EPOCH,
                            mounted));
        });
        return spec.name();
    }

    @Override
    public void startContainer(String container) {
        change("startContainer", () -> become(container, Status.RUNNING, 0));
    }

    @Override
    public void stopContainer(String container, Duration grace) {
        change("stopContainer", () -> become(container, Status.EXITED, 143));
    }

    /** Ends by itself. */
    synchronized void exit(String container, int code) {
        become(container, Status.EXITED, code);
    }

    private synchronized void become(String container, Status status, int code) {
        Predicate<Observed.Container> named =
                c -> c.id().equals(container) || c.name().equals(container);
        Observed.Container was =
                containers.values().stream().filter(named).findFirst().orElseThrow();
        Instant started = status == Status.RUNNING ? Instant.ofEpochSecond(1_000 + ids++) : was.startedAt();
        containers.put(
                was.name(),
                new Observed.Container(
                        was.id(),
                        was.name(),
                        was.labels(),
                        status,
                        code,
                        false,
                        started,
                        started.plusSeconds(1),
                        was.volumes()));
    }

    @Override
    public void removeContainer(String container) {
        change("removeContainer", () -> containers.values().removeIf(c -> c.id().equals(container)));
    }

    @Override
    public AutoCloseable watch(Runnable changed, Runnable ended) {
        return () -> {};
    }

    @Override
    public void close() {}
}
