package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.HostImages;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.agent.protocol.WorkspaceReport;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to do now and what to report.
 *
 * @param actions removals first, then images, then additions; nothing for lanes that are at work
 * @param strays names of what carries our labels but nobody asked for; left alone
 * @param images which versions are there and for how long; null before the engine was seen
 * @param nextLook when time alone may change this plan; null if it cannot
 */
public record Plan(
        List<Action> actions,
        List<WorkspaceReport> workspaces,
        List<VolumeReport> volumes,
        List<BuildReport> builds,
        List<String> strays,
        @Nullable HostImages images,
        @Nullable Instant nextLook) {
    public Plan {
        actions = List.copyOf(actions);
        workspaces = List.copyOf(workspaces);
        volumes = List.copyOf(volumes);
        builds = List.copyOf(builds);
        strays = List.copyOf(strays);
    }
}
