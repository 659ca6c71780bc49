package dev.trailer.agent.service.host;

import dev.trailer.agent.service.engine.EngineException;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the volumes of this host take, measured at a pace that keeps its cost small. One thread measures, any takes. */
public final class VolumeWatch {
    private static final Logger LOG = LoggerFactory.getLogger(VolumeWatch.class);
    /** Between two looks: nobody watches a volume grow by the second. */
    static final Duration PACE = Duration.ofMinutes(2);
    /** At most one part of this many of the time goes into measuring, however many files there are. */
    static final int SHARE = 20;

    private final Supplier<Map<String, Long>> engine;
    private final LongSupplier nanoTime;
    private Map<String, Long> fresh = Map.of();

    /** @param engine bytes by the volume's id; throws {@link EngineException} */
    public VolumeWatch(Supplier<Map<String, Long>> engine, LongSupplier nanoTime) {
        this.engine = engine;
        this.nanoTime = nanoTime;
    }

    /** @return when to measure again, counted from now */
    public Duration measure() {
        long begun = nanoTime.getAsLong();
        try {
            var sizes = engine.get();
            synchronized (this) {
                fresh = Map.copyOf(sizes);
            }
        } catch (EngineException e) {
            LOG.debug("no sizes of volumes: {}", e.words());
        }
        var rest = Duration.ofNanos(nanoTime.getAsLong() - begun).multipliedBy(SHARE - 1);
        return rest.compareTo(PACE) > 0 ? rest : PACE;
    }

    /** What was measured since the last time, by the volume's id. */
    public synchronized Map<String, Long> take() {
        var taken = fresh;
        fresh = Map.of();
        return taken;
    }
}
