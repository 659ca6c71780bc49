package dev.trailer.agent.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Whether one volume that the agent was told of exists.
 *
 * @param gone true once a deleted volume is removed
 * @param sizeBytes what its files take, where it was measured since the last heartbeat; null otherwise
 */
public record VolumeReport(
        String volume, boolean gone, @Nullable Long sizeBytes) {
    public VolumeReport(String volume, boolean gone) {
        this(volume, gone, null);
    }

    public VolumeReport measured(long bytes) {
        return new VolumeReport(volume, gone, bytes);
    }
}
