package dev.trailer.agent.service.engine;

/**
 * What a container has used since it was started, and uses now.
 *
 * @param cpuNanos of processor time, all cores together
 * @param memoryBytes now, without what the kernel would give back at once (file cache)
 * @param pids processes and threads now
 */
public record Usage(
        long cpuNanos,
        long memoryBytes,
        long diskReadBytes,
        long diskWriteBytes,
        long networkInBytes,
        long networkOutBytes,
        long pids) {}
