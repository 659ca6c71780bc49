package dev.trailer.agent.service;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.service.engine.BuildSpec;
import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.ContainerSpec;
import dev.trailer.agent.service.engine.EngineDownException;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.EngineInfo;
import dev.trailer.agent.service.engine.Exec;
import dev.trailer.agent.service.engine.HelperSpec;
import dev.trailer.agent.service.engine.NetworkSpec;
import dev.trailer.agent.service.engine.RegistryLogin;
import dev.trailer.agent.service.engine.Subnet;
import dev.trailer.agent.service.engine.Usage;
import dev.trailer.agent.service.engine.VolumeSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An engine in memory that fails, hangs, loses answers and goes away as told, and counts what was asked of it. Otherwise it does
 * as real ones do: {@link FakeEngineContractTest} holds it to the same contract. What it holds is {@link FakeHoldings}.
 */
final class FakeEngine implements ContainerEngine {
    private final FakeHoldings held = new FakeHoldings();
    private final Map<String, String> failures = new HashMap<>();
    private final Map<String, String> lostAnswers = new HashMap<>();
    private final List<String> changes = new ArrayList<>();
    private final Set<Runnable> watchers = new LinkedHashSet<>();
    private final List<ContainerSpec> specs = new ArrayList<>();
    private final List<Exec> execs = new ArrayList<>();
    private final Map<List<String>, Exec.Result> results = new HashMap<>();
    private boolean down;
    private @Nullable CountDownLatch gate;
    private int inFlight;
    private int mostInFlight;
    private int looks;

    /** Every call of that name fails with these words, and does nothing, until {@link #heal}. */
    synchronized void fail(String call, String words) {
        failures.put(call, words);
    }

    /** Every call of that name is carried out, and told as failed with these words, until {@link #heal}. */
    synchronized void loseAnswers(String call, String words) {
        lostAnswers.put(call, words);
    }

    synchronized void heal() {
        failures.clear();
        lostAnswers.clear();
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

    /** What containers were made of. */
    synchronized List<ContainerSpec> specs() {
        return List.copyOf(specs);
    }

    synchronized List<Observed.Volume> volumes() {
        return held.volumes();
    }

    synchronized List<Observed.Network> networks() {
        return held.networks();
    }

    /** How often everything was looked at. */
    synchronized int looks() {
        return looks;
    }

    synchronized int mostInFlight() {
        return mostInFlight;
    }

    synchronized List<Observed.Container> containers() {
        return held.containers();
    }

    /** A container ends by itself. */
    synchronized void exit(String container, int code) {
        held.end(container, code);
        watchers.forEach(Runnable::run);
    }

    private interface Effect<T> {
        T happen();
    }

    private <T> T change(String call, Effect<T> effect) {
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
            return carryOut(call, effect);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EngineException("interrupted", e);
        } finally {
            synchronized (this) {
                inFlight--;
            }
        }
    }

    private synchronized <T> T carryOut(String call, Effect<T> effect) {
        answers();
        String words = failures.get(call);
        if (words != null) {
            throw new EngineException(words);
        }
        T result = effect.happen();
        watchers.forEach(Runnable::run);
        String lost = lostAnswers.get(call);
        if (lost != null) {
            throw new EngineException(lost);
        }
        return result;
    }

    private void change(String call, Runnable effect) {
        Object done = change(call, () -> {
            effect.run();
            return call;
        });
        assert done == call;
    }

    private synchronized void answers() {
        if (down) {
            throw new EngineDownException("the engine does not answer", new IOException("scripted"));
        }
    }

    // ---- Reads ----

    @Override
    public synchronized void ping() {
        answers();
    }

    @Override
    public synchronized EngineInfo info() {
        answers();
        return new EngineInfo("fake", "1", "1.41", "os", "arch", 4, 8L << 30, "/");
    }

    @Override
    public synchronized Observed observe(Identity us) {
        answers();
        looks++;
        return held.observe(us);
    }

    @Override
    public synchronized Usage usage(String container) {
        answers();
        return held.usage(container);
    }

    @Override
    public synchronized Map<String, Long> volumeSizes(Identity us) {
        answers();
        return held.volumeSizes(us);
    }

    @Override
    public synchronized boolean hasArchives() {
        answers();
        return true;
    }

    @Override
    public void readArchive(String container, String path, ArchiveReader reader) throws IOException {
        byte[] content;
        synchronized (this) {
            answers();
            content = held.archive(container);
        }
        reader.read(new ByteArrayInputStream(content));
    }

    @Override
    public synchronized List<Subnet> subnets() {
        answers();
        return held.subnets();
    }

    @Override
    public synchronized Optional<HealthCheck> healthCheck(String container) {
        answers();
        return held.healthCheck(container);
    }

    @Override
    public synchronized boolean hasImage(String reference) {
        answers();
        return held.hasImage(reference);
    }

    // ---- Changes ----

    @Override
    public String build(BuildSpec spec, Consumer<String> log) {
        log.accept("building " + spec.tag());
        return change("build", () -> held.build(spec));
    }

    @Override
    public void pull(String reference, Consumer<String> log) {
        change("pull", () -> held.pull(reference));
    }

    @Override
    public void pull(String reference, RegistryLogin login, Consumer<String> log) {
        pull(reference, log);
    }

    @Override
    public void removeImage(String reference) {
        change("removeImage", () -> held.removeImage(reference));
    }

    @Override
    public void createNetwork(NetworkSpec spec) {
        change("createNetwork", () -> held.createNetwork(spec));
    }

    @Override
    public void removeNetwork(String id) {
        change("removeNetwork", () -> held.removeNetwork(id));
    }

    @Override
    public void createVolume(VolumeSpec spec) {
        change("createVolume", () -> held.createVolume(spec));
    }

    @Override
    public void removeVolume(VolumeSpec spec) {
        change("removeVolume", () -> held.removeVolume(spec));
    }

    @Override
    public String createContainer(ContainerSpec spec) {
        return change("createContainer", () -> {
            specs.add(spec);
            return held.createContainer(spec);
        });
    }

    @Override
    public String createHelper(HelperSpec spec) {
        return change("createHelper", () -> held.createHelper(spec));
    }

    @Override
    public void writeArchive(String container, String path, InputStream tar) throws IOException {
        byte[] content = tar.readAllBytes();
        change("writeArchive", () -> held.unpack(container, content));
    }

    @Override
    public void startContainer(String container) {
        change("startContainer", () -> held.startContainer(container));
    }

    @Override
    public void stopContainer(String container, Duration grace) {
        change("stopContainer", () -> held.stopContainer(container));
    }

    /** As from an image in which every command is found, and succeeds unless told otherwise. */
    @Override
    public Exec.Result exec(Exec exec) {
        return change("exec", () -> {
            held.requireRunning(exec.container());
            execs.add(exec);
            return results.getOrDefault(exec.command(), new Exec.Result(0, ""));
        });
    }

    /** From now on this command ends so, in whatever container. */
    synchronized void answer(List<String> command, int exitCode, String output) {
        results.put(command, new Exec.Result(exitCode, output));
    }

    synchronized List<Exec> execs() {
        return List.copyOf(execs);
    }

    @Override
    public void removeContainer(String container) {
        change("removeContainer", () -> held.removeContainer(container));
    }

    @Override
    public synchronized AutoCloseable watch(Runnable changed, Runnable ended) {
        watchers.add(changed);
        return () -> {
            synchronized (this) {
                watchers.remove(changed);
            }
        };
    }

    @Override
    public void close() {}
}
