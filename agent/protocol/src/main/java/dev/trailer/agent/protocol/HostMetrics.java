package dev.trailer.agent.protocol;

/**
 * How a host is doing now.
 *
 * @param cpuPercent 0 to 100, of all cores
 * @param load1 the load average of one minute
 * @param diskUsedBytes of the file system where the engine keeps its data
 */
public record HostMetrics(
        double cpuPercent,
        long memoryUsedBytes,
        long memoryTotalBytes,
        double load1,
        long diskUsedBytes,
        long diskTotalBytes) {}
