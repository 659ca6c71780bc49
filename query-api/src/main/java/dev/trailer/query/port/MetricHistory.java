package dev.trailer.query.port;

import dev.trailer.api.MetricsView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Port: how hosts and workspaces fared. Any thread; blocks. */
@FunctionalInterface
public interface MetricHistory {
    /** Of a host or a workspace by its id, step by step; steps without samples are left out. */
    List<MetricsView.Point> read(String subject, Instant from, Instant to, Duration step);
}
