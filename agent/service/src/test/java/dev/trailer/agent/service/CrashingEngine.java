package dev.trailer.agent.service;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.service.engine.BuildSpec;
import dev.trailer.agent.service.engine.ContainerEngine;
import dev.trailer.agent.service.engine.ContainerSpec;
import dev.trailer.agent.service.engine.EngineInfo;
import dev.trailer.agent.service.engine.Exec;
import dev.trailer.agent.service.engine.HelperSpec;
import dev.trailer.agent.service.engine.NetworkSpec;
import dev.trailer.agent.service.engine.RegistryLogin;
import dev.trailer.agent.service.engine.Subnet;
import dev.trailer.agent.service.engine.Usage;
import dev.trailer.agent.service.engine.VolumeSpec;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Dies at the n-th change, before or after it reached the engine; from then on nothing gets through, as if killed. */
final class CrashingEngine implements ContainerEngine {
    private final ContainerEngine engine;
    private final boolean before;
    private int left;
    private volatile boolean crashed;

    CrashingEngine(ContainerEngine engine, int atChange, boolean before) {
        this.engine = engine;
        this.left = atChange;
        this.before = before;
    }

    boolean crashed() {
        return crashed;
    }

    private <T> T change(Supplier<T> call) {
        boolean dies;
        synchronized (this) {
            alive();
            left--;
            dies = left == 0;
            crashed = dies && before;
        }
        alive();
        T result = call.get();
        if (dies) {
            crashed = true;
            alive();
        }
        return result;
    }

    private void change(Runnable call) {
        boolean done = change(() -> {
            call.run();
            return true;
        });
        assert done;
    }

    private void alive() {
        if (crashed) {
            throw new Killed();
        }
    }

    private static final class Killed extends Error {}

    @Override
    public void ping() {
        alive();
        engine.ping();
    }

    @Override
    public EngineInfo info() {
        alive();
        return engine.info();
    }

    @Override
    public Observed observe(Identity us) {
        alive();
        return engine.observe(us);
    }

    @Override
    public Usage usage(String container) {
        return engine.usage(container);
    }

    @Override
    public Map<String, Long> volumeSizes(Identity us) {
        alive();
        return engine.volumeSizes(us);
    }

    @Override
    public List<Subnet> subnets() {
        alive();
        return engine.subnets();
    }

    @Override
    public Optional<HealthCheck> healthCheck(String container) {
        alive();
        return engine.healthCheck(container);
    }

    @Override
    public boolean hasImage(String reference) {
        alive();
        return engine.hasImage(reference);
    }

    @Override
    public String build(BuildSpec spec, Consumer<String> log) {
        return change(() -> engine.build(spec, log));
    }

    @Override
    public void pull(String reference, Consumer<String> log) {
        change(() -> engine.pull(reference, log));
    }

    @Override
    public void pull(String reference, RegistryLogin login, Consumer<String> log) {
        change(() -> engine.pull(reference, login, log));
    }

    @Override
    public void removeImage(String reference) {
        change(() -> engine.removeImage(reference));
    }

    @Override
    public void createNetwork(NetworkSpec spec) {
        change(() -> engine.createNetwork(spec));
    }

    @Override
    public void removeNetwork(String id) {
        change(() -> engine.removeNetwork(id));
    }

    @Override
    public void createVolume(VolumeSpec spec) {
        change(() -> engine.createVolume(spec));
    }

    @Override
    public void removeVolume(VolumeSpec spec) {
        change(() -> engine.removeVolume(spec));
    }

    @Override
    public String createContainer(ContainerSpec spec) {
        return change(() -> engine.createContainer(spec));
    }

    @Override
    public boolean hasArchives() {
        alive();
        return engine.hasArchives();
    }

    @Override
    public String createHelper(HelperSpec spec) {
        return change(() -> engine.createHelper(spec));
    }

    @Override
    public void readArchive(String container, String path, ArchiveReader reader) throws IOException {
        alive();
        engine.readArchive(container, path, reader);
    }

    @Override
    public void writeArchive(String container, String path, InputStream tar) throws IOException {
        var failure = new IOException[1];
        change(() -> {
            try {
                engine.writeArchive(container, path, tar);
            } catch (IOException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
    }

    @Override
    public void startContainer(String container) {
        change(() -> engine.startContainer(container));
    }

    @Override
    public void stopContainer(String container, Duration grace) {
        change(() -> engine.stopContainer(container, grace));
    }

    @Override
    public Exec.Result exec(Exec exec) {
        return change(() -> engine.exec(exec));
    }

    @Override
    public void removeContainer(String container) {
        change(() -> engine.removeContainer(container));
    }

    @Override
    public AutoCloseable watch(Runnable changed, Runnable ended) {
        return engine.watch(changed, ended);
    }

    @Override
    public void close() {
        engine.close();
    }
}
