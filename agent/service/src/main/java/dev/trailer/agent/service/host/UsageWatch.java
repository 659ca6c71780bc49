package dev.trailer.agent.service.host;

import dev.trailer.agent.protocol.WorkspaceUsage;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the workspaces of this host use, sampled at a pace of its own. One thread samples, any takes. */
public final class UsageWatch {
    private static final Logger LOG = LoggerFactory.getLogger(UsageWatch.class);
    private static final double NANOS_PER_SECOND = 1e9;

    /** @param container whose figures they are: another one counts from zero */
    private record Look(String container, Usage usage, long nanos) {}

    private final Function<String, Usage> engine;
    private final Supplier<Map<String, String>> running;
    private final LongSupplier nanoTime;
    private Map<String, Look> last = Map.of();
    private List<WorkspaceUsage> fresh = List.of();

    /**
     * @param engine what a container uses; throws {@link EngineException}
     * @param running the engine's ids of containers that run, by workspace
     */
    public UsageWatch(Function<String, Usage> engine, Supplier<Map<String, String>> running, LongSupplier nanoTime) {
        this.engine = engine;
        this.running = running;
        this.nanoTime = nanoTime;
    }

    /** Looks at each; one that cannot be looked at is left out this time. */
    public void sample() throws InterruptedException {
        var looks = new HashMap<String, Look>();
        var usages = new ArrayList<WorkspaceUsage>();
        for (var entry : running.get().entrySet()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            var workspace = entry.getKey();
            try {
                var look = new Look(entry.getValue(), engine.apply(entry.getValue()), nanoTime.getAsLong());
                looks.put(workspace, look);
                var before = last.get(workspace);
                if (before != null && before.container.equals(look.container) && look.nanos > before.nanos) {
                    usages.add(between(workspace, before, look));
                }
            } catch (EngineException e) {
                LOG.debug("no figures of workspace {}: {}", workspace, e.words());
            }
        }
        last = looks;
        synchronized (this) {
            fresh = List.copyOf(usages);
        }
    }

    /** What was sampled since the last time. */
    public synchronized List<WorkspaceUsage> take() {
        var taken = fresh;
        fresh = List.of();
        return taken;
    }

    private static WorkspaceUsage between(String workspace, Look before, Look now) {
        double seconds = (now.nanos - before.nanos) / NANOS_PER_SECOND;
        return new WorkspaceUsage(
                workspace,
                rate(before.usage.cpuNanos(), now.usage.cpuNanos(), seconds) / NANOS_PER_SECOND * 1_000,
                now.usage.memoryBytes(),
                rate(before.usage.diskReadBytes(), now.usage.diskReadBytes(), seconds),
                rate(before.usage.diskWriteBytes(), now.usage.diskWriteBytes(), seconds),
                rate(before.usage.networkInBytes(), now.usage.networkInBytes(), seconds),
                rate(before.usage.networkOutBytes(), now.usage.networkOutBytes(), seconds),
                now.usage.pids());
    }

    /** A counter that fell began anew: the container was restarted. */
    private static double rate(long before, long now, double seconds) {
        return Math.max(0, now >= before ? now - before : now) / seconds;
    }
}
