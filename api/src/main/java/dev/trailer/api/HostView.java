package dev.trailer.api;

import dev.trailer.domain.Resources;
import dev.trailer.domain.host.Capability;
import dev.trailer.domain.host.Host;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A host as read.
 *
 * @param allotted what its running workspaces are promised together
 * @param agent null until an agent has come
 * @param metrics the latest sample, null if there is none
 * @param createdAt null in the answer to a change
 */
@Schema(name = "Host")
public record HostView(
        String id,
        String name,
        long version,
        long generation,

        @Schema(allowableValues = {"registered", "online", "lost", "removed"})
        String state,

        boolean cordoned,
        @Nullable CapabilityView capability,
        @Nullable ResourcesView allotted,
        @Nullable AgentView agent,
        @Nullable MetricsView metrics,
        @Nullable Instant createdAt) {

    @Schema(name = "Capability")
    public record CapabilityView(
            double cpus,
            long memoryBytes,
            int gpus,
            String engine,
            String engineVersion,
            String apiVersion,
            String os,
            String architecture) {
        static CapabilityView of(Capability c) {
            var r = ResourcesView.of(c.resources());
            return new CapabilityView(
                    r.cpus(),
                    r.memoryBytes(),
                    r.gpus(),
                    c.engine(),
                    c.engineVersion(),
                    c.apiVersion(),
                    c.os(),
                    c.architecture());
        }
    }

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

    public static HostView of(
            Host h,
            @Nullable Resources allotted,
            @Nullable AgentView agent,
            @Nullable MetricsView metrics,
            @Nullable Instant createdAt) {
        return new HostView(
                h.id().value(),
                h.name().value(),
                h.version(),
                h.generation(),
                switch (h.presence()) {
                    case REGISTERED -> "registered";
                    case ONLINE -> "online";
                    case LOST -> "lost";
                    case REMOVED -> "removed";
                },
                h.cordoned(),
                h.capability() == null ? null : CapabilityView.of(h.capability()),
                allotted == null ? null : ResourcesView.of(allotted),
                agent,
                metrics,
                createdAt);
    }
}
