package dev.trailer.domain.host;

import dev.trailer.domain.reason.GpuTrouble;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The GPUs of a host, one by one.
 *
 * @param driver its version; null where it is not known
 * @param devices what workspaces may be given, each whole
 * @param trouble why there are none, or not all; null if all is well
 */
public record GpuInventory(
        @Nullable String driver,
        List<Gpu> devices,
        @Nullable GpuTrouble trouble) {
    public GpuInventory {
        devices = List.copyOf(devices);
    }

    /**
     * A GPU, or a slice of one that is cut up (MIG).
     *
     * @param memoryBytes 0 where it is not known
     * @param parent the UUID of the GPU that it is a slice of; null if it is none
     */
    public record Gpu(
            String uuid,
            String model,
            long memoryBytes,
            @Nullable String parent) {

        /** Of the thing in the slot, which is what can be measured. */
        public String physical() {
            return parent == null ? uuid : parent;
        }
    }
}
