package dev.trailer.agent.protocol;

/**
 * What a workspace's container used lately. Rates are means since the sample before.
 *
 * @param cpuMillis thousandths of a core
 * @param memoryBytes without what the kernel would give back at once (file cache)
 * @param pids processes and threads
 */
public record WorkspaceUsage(
        String workspace,
        double cpuMillis,
        long memoryBytes,
        double diskReadBytesPerSecond,
        double diskWriteBytesPerSecond,
        double networkInBytesPerSecond,
        double networkOutBytesPerSecond,
        long pids) {}
