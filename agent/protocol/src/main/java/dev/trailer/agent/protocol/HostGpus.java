package dev.trailer.agent.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs of a host as the driver's own tool tells of them; changes rarely.
 *
 * @param driver its version; null where it was not told
 * @param devices what workspaces may be given, each whole, in the driver's order
 * @param trouble why there are none, or not all; null if all is well
 */
public record HostGpus(
        @Nullable String driver,
        List<Gpu> devices,
        @Nullable GpuTrouble trouble) {
    public static final HostGpus NONE = new HostGpus(null, List.of(), null);

    public HostGpus {
        devices = List.copyOf(devices);
    }

    /**
     * A GPU, or a slice of one where it is cut up (MIG).
     *
     * @param uuid the driver's name for it, the same for as long as it exists: {@code GPU-…} or {@code MIG-…}
     * @param memoryBytes 0 where the driver does not say
     * @param parent the UUID of the GPU that it is a slice of; null if it is none
     */
    public record Gpu(
            String uuid,
            String model,
            long memoryBytes,
            @Nullable String parent) {}
}
