package dev.trailer.agent.service.host;

import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.agent.protocol.HostGpus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The GPUs of this machine. Safe for many threads; never waits. */
public interface Gpus {
    /** A machine without any. */
    Gpus NONE = new Gpus() {
        @Override
        public @Nullable HostGpus known() {
            return null;
        }

        @Override
        public List<GpuUsage> take() {
            return List.of();
        }
    };

    /** Those that workspaces may be given, as last looked at; null where there is nothing that could tell of any. */
    @Nullable
    HostGpus known();

    /** How each is doing, if it was looked at since the last time. */
    List<GpuUsage> take();
}
