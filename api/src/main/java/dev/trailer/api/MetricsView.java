package dev.trailer.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a host or a workspace fared over a time.
 *
 * @param stepSeconds between two points; steps without samples have none
 */
@Schema(name = "Metrics")
public record MetricsView(Instant from, Instant to, long stepSeconds, List<Point> points) {
    public MetricsView {
        points = List.copyOf(points);
    }

    /**
     * Means over a step, and the highest values in it.
     *
     * @param at when the step begins
     * @param cpuPercent of all cores, 0 to 100; hosts only
     * @param cpuMillis thousandths of a core; workspaces only
     * @param memoryBytes of a workspace without what the kernel would give back at once
     * @param load1 the load average of one minute; hosts only
     * @param diskUsedBytes of the file system where the engine keeps its data; hosts only
     * @param pids processes and threads; workspaces only
     */
    @Schema(name = "MetricsPoint")
    public record Point(
            Instant at,
            @Nullable Double cpuPercent,
            @Nullable Double cpuPercentMax,
            @Nullable Double cpuMillis,
            @Nullable Double cpuMillisMax,
            long memoryBytes,
            long memoryBytesMax,
            @Nullable Double load1,
            @Nullable Long diskUsedBytes,
            @Nullable Double diskReadBytesPerSecond,
            @Nullable Double diskWriteBytesPerSecond,
            @Nullable Double networkInBytesPerSecond,
            @Nullable Double networkOutBytesPerSecond,
            @Nullable Long pids) {}
}
