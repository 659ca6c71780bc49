package dev.trailer.agent.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent reports, at its pace and at once when something changed. Always the whole, never a difference.
 *
 * @param sequence counts this session's heartbeats from 1; an older one that arrives late is ignored
 * @param facts null while the engine does not answer
 * @param engineUp whether the container engine answers
 * @param usages taken since the last heartbeat; not the whole, and none from an agent that does not measure
 * @param strays names of containers, networks and volumes that carry this host's labels but that nobody asked for; left
 *     alone
 * @param gpus taken since the last heartbeat, as usages are
 * @param images null while the engine does not answer, and from an agent that is older than this
 */
public record Heartbeat(
        long epoch,
        long sequence,
        boolean engineUp,
        @Nullable HostFacts facts,
        @Nullable HostMetrics metrics,
        List<WorkspaceReport> workspaces,
        List<VolumeReport> volumes,
        List<BuildReport> builds,
        List<String> strays,
        List<WorkspaceUsage> usages,
        List<GpuUsage> gpus,
        @Nullable HostImages images) {

    public Heartbeat {
        workspaces = List.copyOf(workspaces);
        volumes = List.copyOf(volumes);
        builds = List.copyOf(builds);
        strays = List.copyOf(strays);
        // Null from an agent that is older than this.
        usages = usages == null ? List.of() : List.copyOf(usages);
        gpus = gpus == null ? List.of() : List.copyOf(gpus);
    }

    /** Of a host that does not tell of its images. */
    public Heartbeat(
            long epoch,
            long sequence,
            boolean engineUp,
            @Nullable HostFacts facts,
            @Nullable HostMetrics metrics,
            List<WorkspaceReport> workspaces,
            List<VolumeReport> volumes,
            List<BuildReport> builds,
            List<String> strays,
            List<WorkspaceUsage> usages,
            List<GpuUsage> gpus) {
        this(epoch, sequence, engineUp, facts, metrics, workspaces, volumes, builds, strays, usages, gpus, null);
    }

    /** Of a host without GPUs. */
    public Heartbeat(
            long epoch,
            long sequence,
            boolean engineUp,
            @Nullable HostFacts facts,
            @Nullable HostMetrics metrics,
            List<WorkspaceReport> workspaces,
            List<VolumeReport> volumes,
            List<BuildReport> builds,
            List<String> strays,
            List<WorkspaceUsage> usages) {
        this(epoch, sequence, engineUp, facts, metrics, workspaces, volumes, builds, strays, usages, List.of());
    }

    /** @param revision of the desired state, as the server has it now: behind it, look again */
    public record Answer(Pace pace, String timeline, long revision) {}
}
