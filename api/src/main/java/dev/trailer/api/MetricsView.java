package dev.trailer.api;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a host or a workspace fared over a time.
 *
 * @param stepSeconds between two points; steps without samples have none
 * @param gpus of a host, in the order in which its driver names them
 */
@Schema(name = "Metrics")
public record MetricsView(Instant from, Instant to, long stepSeconds, List<Point> points, List<Gpu> gpus) {
    public MetricsView {
        points = List.copyOf(points);
        gpus = List.copyOf(gpus);
    }

    /** How one GPU of a host fared; one that is cut up (MIG) with all its slices. */
    @Schema(name = "GpuMetrics")
    public record Gpu(String uuid, List<GpuPoint> points) {
        public Gpu {
            points = List.copyOf(points);
        }
    }

    /**
     * Means over a step, and the highest values in it; null is what its driver does not tell.
     *
     * @param at when the step begins
     * @param busyPercent of the time in which something ran on it, 0 to 100
     */
    @Schema(name = "GpuMetricsPoint")
    public record GpuPoint(
            Instant at,
            @Nullable Double busyPercent,
            @Nullable Double busyPercentMax,
            @Nullable Long memoryBytes,
            @Nullable Long memoryBytesMax,
            @Nullable Long memoryTotalBytes,
            @Nullable Double celsius,
            @Nullable Double watts) {}

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
