package dev.trailer.agent.service.host;

import dev.trailer.agent.protocol.HostFacts;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.HostMetrics;
import dev.trailer.agent.service.engine.EngineInfo;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads this machine's capacity and load. Safe for many threads. */
public final class HostWatch {
    /** Heartbeats sent at once on a change would otherwise measure the CPU over no time at all. */
    private static final Duration FRESH = Duration.ofSeconds(2);
    /** Kept for the host itself: an engine, an agent and a shell must live when every workspace is full. */
    private static final long RESERVED_MEMORY_BYTES = 1L << 30;

    private static final int RESERVED_MEMORY_SHARE = 10;

    private final Gpus gpus;
    private @Nullable MachineLook looked;
    private @Nullable HostMetrics last;
    private long lastNanos;

    public HostWatch(Gpus gpus) {
        this.gpus = gpus;
    }

    public HostFacts facts(EngineInfo engine) {
        return facts(
                engine.engine(),
                engine.version(),
                engine.apiVersion(),
                engine.os(),
                engine.architecture(),
                engine.cpus(),
                engine.memoryBytes());
    }

    /** What can be said while the engine does not answer; no memory to offer where this machine does not tell of its own. */
    public HostFacts factsWithoutEngine() {
        return facts(
                "docker",
                "unknown",
                "unknown",
                System.getProperty("os.name", "unknown"),
                System.getProperty("os.arch", "unknown"),
                Runtime.getRuntime().availableProcessors(),
                totalBytes());
    }

    private static long totalBytes() {
        try {
            return MachineLook.now().totalBytes();
        } catch (IOException e) {
            return 0;
        }
    }

    private HostFacts facts(
            String engine, String version, String api, String os, String architecture, int cpus, long memoryBytes) {
        long reserved = Math.min(RESERVED_MEMORY_BYTES, memoryBytes / RESERVED_MEMORY_SHARE);
        HostGpus known = gpus.known();
        int count = known == null ? 0 : known.devices().size();
        return new HostFacts(
                cpus * 1_000L, memoryBytes - reserved, count, engine, version, api, os, architecture, known);
    }

    /** What a workspace's container may be made with. */
    public HostGpus gpus() {
        return Objects.requireNonNullElse(gpus.known(), HostGpus.NONE);
    }

    /**
     * @param engineRoot where the engine keeps its data; the agent's own disk where that is not on this machine
     * @throws UncheckedIOException where this machine does not tell
     */
    public synchronized HostMetrics metrics(String engineRoot) {
        HostMetrics known = last;
        long now = System.nanoTime();
        if (known != null && now - lastNanos < FRESH.toNanos()) {
            return known;
        }
        MachineLook look;
        try {
            look = MachineLook.now();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        double load = looked == null ? 0 : look.busySince(looked);
        looked = look;
        long diskTotal = 0;
        long diskUsed = 0;
        try {
            Path root = new File(engineRoot).isDirectory() ? Path.of(engineRoot) : Path.of(".");
            FileStore store = Files.getFileStore(root);
            diskTotal = store.getTotalSpace();
            diskUsed = diskTotal - store.getUnallocatedSpace();
        } catch (IOException e) {
            // A disk that cannot be asked shows as 0 of 0.
            diskTotal = 0;
        }
        var metrics =
                new HostMetrics(load * 100, look.usedBytes(), look.totalBytes(), look.load1(), diskUsed, diskTotal);
        last = metrics;
        lastNanos = now;
        return metrics;
    }
}
