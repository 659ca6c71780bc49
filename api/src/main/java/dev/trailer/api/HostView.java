package dev.trailer.api;

import dev.trailer.domain.Resources;
import dev.trailer.domain.host.Capability;
import dev.trailer.domain.host.GpuInventory;
import dev.trailer.domain.host.Host;
import dev.trailer.domain.reason.Reason;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host as read.
 *
 * @param drained it is out of service: nothing starts there until it is resumed
 * @param workspaces how many are placed there; null in the answer to a change
 * @param allotted what its running workspaces are promised together
 * @param agent null until an agent has come
 * @param metrics the latest sample, null if there is none
 * @param strays what its agent named last; null if there was nothing to name
 * @param images what it keeps of images, and has; null until its agent has told
 * @param createdAt null in the answer to a change
 */
@Schema(name = "Host")
public record HostView(
        String id,
        String name,
        long version,
        long generation,

        @Schema(allowableValues = {"registered", "online", "lost", "abandoned", "removed"})
        String state,

        boolean cordoned,
        boolean drained,
        @Nullable PlacedView workspaces,
        @Nullable CapabilityView capability,
        @Nullable ResourcesView allotted,
        @Nullable AgentView agent,
        @Nullable MetricsView metrics,
        @Nullable StraysView strays,
        @Nullable ImagesView images,
        @Nullable Instant createdAt) {

    /**
     * @param gpus how many workspaces may be given
     * @param gpuDevices each of them
     * @param gpuReason why there are none, or not all; null if all is well
     */
    @Schema(name = "Capability")
    public record CapabilityView(
            double cpus,
            long memoryBytes,
            int gpus,
            String engine,
            String engineVersion,
            String apiVersion,
            String os,
            String architecture,
            @Nullable String gpuDriver,
            List<GpuView> gpuDevices,
            @Nullable ReasonView gpuReason) {
        static CapabilityView of(Capability c) {
            var r = ResourcesView.of(c.resources());
            var gpus = c.gpus() == null ? new GpuInventory(null, List.of(), null) : c.gpus();
            return new CapabilityView(
                    r.cpus(),
                    r.memoryBytes(),
                    r.gpus(),
                    c.engine(),
                    c.engineVersion(),
                    c.apiVersion(),
                    c.os(),
                    c.architecture(),
                    gpus.driver(),
                    gpus.devices().stream().map(GpuView::of).toList(),
                    gpus.trouble() == null ? null : ReasonView.of(new Reason.GpuUnavailable(gpus.trouble())));
        }
    }

    /**
     * A GPU that a workspace may be given, or a slice of one that is cut up (MIG).
     *
     * @param memoryBytes 0 where its driver does not tell
     * @param parent the UUID of the GPU that it is a slice of
     */
    @Schema(name = "Gpu")
    public record GpuView(
            String uuid,
            String model,
            long memoryBytes,
            @Nullable String parent) {
        static GpuView of(GpuInventory.Gpu gpu) {
            return new GpuView(gpu.uuid(), gpu.model(), gpu.memoryBytes(), gpu.parent());
        }
    }

    /**
     * Its workspaces.
     *
     * @param unsettled of those, how many have not been seen to be stopped: while it is drained, what is left to do
     */
    @Schema(name = "HostWorkspaces")
    public record PlacedView(int total, int unsettled) {}

    /**
     * Containers, networks and volumes on its engine that carry its labels though nobody asked for them. They are left alone.
     *
     * @param names of the first of them, as the engine calls them
     */
    @Schema(name = "HostStrays")
    public record StraysView(int total, List<String> names, Instant at) {
        public StraysView {
            names = List.copyOf(names);
        }
    }

    /**
     * Which versions of images it keeps that nothing needs: the newest of each, and the others for a while. Then, what it has that
     * its own agent has built.
     *
     * @param keptSeconds after the last that needed it
     * @param sizeBytes of all versions, as if they shared no layers
     */
    @Schema(name = "HostImages")
    public record ImagesView(int keptVersions, long keptSeconds, int versions, long sizeBytes) {}

    @Schema(name = "HostAgent")
    public record AgentView(@Nullable String version, long epoch, Instant lastSeenAt) {}

    @Schema(name = "HostMetrics")
    public record MetricsView(
            double cpuPercent,
            long memoryUsedBytes,
            long memoryTotalBytes,
            double load1,
            long diskUsedBytes,
            long diskTotalBytes,
            Instant at) {}

    /** What is known of a host beside its history. */
    public record Beside(
            @Nullable PlacedView workspaces,
            @Nullable Resources allotted,
            @Nullable AgentView agent,
            @Nullable MetricsView metrics,
            @Nullable StraysView strays,
            @Nullable ImagesView images,
            @Nullable Instant createdAt) {
        static final Beside NOTHING = new Beside(null, null, null, null, null, null, null);
    }

    /** In the answer to a change: by its own state alone. */
    public static HostView of(Host h) {
        return of(h, Beside.NOTHING);
    }

    public static HostView of(Host h, Beside beside) {
        return new HostView(
                h.id().value(),
                h.name().value(),
                h.version(),
                h.generation(),
                switch (h.presence()) {
                    case REGISTERED -> "registered";
                    case ONLINE -> "online";
                    case LOST -> "lost";
                    case ABANDONED -> "abandoned";
                    case REMOVED -> "removed";
                },
                h.cordoned(),
                h.drained() != null,
                beside.workspaces,
                h.capability() == null ? null : CapabilityView.of(h.capability()),
                beside.allotted == null ? null : ResourcesView.of(beside.allotted),
                beside.agent,
                beside.metrics,
                beside.strays,
                beside.images,
                beside.createdAt);
    }
}
