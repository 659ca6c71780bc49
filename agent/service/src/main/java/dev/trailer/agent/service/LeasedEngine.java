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
import dev.trailer.agent.service.server.Lease;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** An engine that is changed only under a lease: looked at just before each call that changes something. */
final class LeasedEngine implements ContainerEngine {
    private final ContainerEngine engine;
    private final Lease lease;

    LeasedEngine(ContainerEngine engine, Lease lease) {
        this.engine = engine;
        this.lease = lease;
    }

    private ContainerEngine leased() {
        if (!lease.held()) {
            throw new LeaseLostException();
        }
        return engine;
    }

    // ---- Reads ----

    @Override
    public void ping() {
        engine.ping();
    }

    @Override
    public EngineInfo info() {
        return engine.info();
    }

    @Override
    public Observed observe(Identity us) {
        return engine.observe(us);
    }

    @Override
    public Usage usage(String container) {
        return engine.usage(container);
    }

    @Override
    public Map<String, Long> volumeSizes(Identity us) {
        return engine.volumeSizes(us);
    }

    @Override
    public List<Subnet> subnets() {
        return engine.subnets();
    }

    @Override
    public Optional<HealthCheck> healthCheck(String container) {
        return engine.healthCheck(container);
    }

    @Override
    public boolean hasImage(String reference) {
        return engine.hasImage(reference);
    }

    @Override
    public boolean hasArchives() {
        return engine.hasArchives();
    }

    @Override
    public void readArchive(String container, String path, ArchiveReader reader) throws IOException {
        engine.readArchive(container, path, reader);
    }

    @Override
    public AutoCloseable watch(Runnable changed, Runnable ended) {
        return engine.watch(changed, ended);
    }

    // ---- Changes ----

    @Override
    public String build(BuildSpec spec, Consumer<String> log) {
        return leased().build(spec, log);
    }

    @Override
    public void pull(String reference, Consumer<String> log) {
        leased().pull(reference, log);
    }

    @Override
    public void pull(String reference, RegistryLogin login, Consumer<String> log) {
        leased().pull(reference, login, log);
    }

    @Override
    public void removeImage(String reference) {
        leased().removeImage(reference);
    }

    @Override
    public void createNetwork(NetworkSpec spec) {
        leased().createNetwork(spec);
    }

    @Override
    public void removeNetwork(String id) {
        leased().removeNetwork(id);
    }

    @Override
    public void createVolume(VolumeSpec spec) {
        leased().createVolume(spec);
    }

    @Override
    public void removeVolume(VolumeSpec spec) {
        leased().removeVolume(spec);
    }

    @Override
    public String createContainer(ContainerSpec spec) {
        return leased().createContainer(spec);
    }

    @Override
    public String createHelper(HelperSpec spec) {
        return leased().createHelper(spec);
    }

    /** Each piece needs the lease: a volume may take longer than that lasts. */
    @Override
    public void writeArchive(String container, String path, InputStream tar) throws IOException {
        leased().writeArchive(container, path, new FilterInputStream(tar) {
            @Override
            public int read() throws IOException {
                leased();
                return super.read();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                leased();
                return super.read(buffer, offset, length);
            }
        });
    }

    @Override
    public void startContainer(String container) {
        leased().startContainer(container);
    }

    @Override
    public void stopContainer(String container, Duration grace) {
        leased().stopContainer(container, grace);
    }

    @Override
    public Exec.Result exec(Exec exec) {
        return leased().exec(exec);
    }

    @Override
    public void removeContainer(String container) {
        leased().removeContainer(container);
    }

    @Override
    public void close() {
        engine.close();
    }
}
