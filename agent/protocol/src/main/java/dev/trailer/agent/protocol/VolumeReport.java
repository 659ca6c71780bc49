package dev.trailer.agent.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Whether one volume that the agent was told of exists.
 *
 * @param gone true once a deleted volume is removed
 * @param copied true once one that is a copy holds all of it
 * @param sizeBytes what its files take, where it was measured since the last heartbeat; null otherwise
 */
public record VolumeReport(
        String volume,
        boolean gone,
        boolean copied,
        @Nullable Long sizeBytes) {
    public VolumeReport(String volume, boolean gone) {
        this(volume, gone, false, null);
    }

    public VolumeReport measured(long bytes) {
        return new VolumeReport(volume, gone, copied, bytes);
    }
}
