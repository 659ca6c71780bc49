package dev.trailer.query.port;

import dev.trailer.api.MetricsView;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** How hosts' GPUs fared over time. Any thread; may block. */
@FunctionalInterface
public interface GpuHistory {
    /** @return in the order of the UUIDs; those without samples are left out */
    List<MetricsView.Gpu> read(String host, Collection<String> uuids, Instant from, Instant to, Duration step);
}
