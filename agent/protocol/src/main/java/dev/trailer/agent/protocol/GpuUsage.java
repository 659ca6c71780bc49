package dev.trailer.agent.protocol;

import org.jspecify.annotations.Nullable;

/**
 * How one GPU, slices and all, is doing now. Whatever its driver does not say is null.
 *
 * @param busyPercent of the last moment in which something ran on it, 0 to 100
 */
public record GpuUsage(
        String uuid,
        @Nullable Double busyPercent,
        @Nullable Long memoryUsedBytes,
        @Nullable Long memoryTotalBytes,
        @Nullable Double celsius,
        @Nullable Double watts) {}
