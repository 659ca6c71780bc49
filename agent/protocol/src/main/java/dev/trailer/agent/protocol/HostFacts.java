package dev.trailer.agent.protocol;

/**
 * What a host can carry and with what; changes rarely.
 *
 * @param cpuMillis thousandths of a core that workspaces may use together
 * @param memoryBytes that workspaces may use together
 */
public record HostFacts(
        long cpuMillis,
        long memoryBytes,
        int gpus,
        String engine,
        String engineVersion,
        String apiVersion,
        String os,
        String architecture) {}
