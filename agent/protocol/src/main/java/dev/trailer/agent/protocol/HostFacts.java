package dev.trailer.agent.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What a host can carry and with what; changes rarely.
 *
 * @param cpuMillis thousandths of a core that workspaces may use together
 * @param memoryBytes that workspaces may use together
 * @param gpus how many workspaces may be given
 * @param gpuFacts which they are; null where there is nothing that could tell of any, and from older agents
 */
public record HostFacts(
        long cpuMillis,
        long memoryBytes,
        int gpus,
        String engine,
        String engineVersion,
        String apiVersion,
        String os,
        String architecture,
        @Nullable HostGpus gpuFacts) {

    /** Of a host without GPUs to tell of. */
    public HostFacts(
            long cpuMillis,
            long memoryBytes,
            int gpus,
            String engine,
            String engineVersion,
            String apiVersion,
            String os,
            String architecture) {
        this(cpuMillis, memoryBytes, gpus, engine, engineVersion, apiVersion, os, architecture, null);
    }
}
