package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.VolumeReport;
import dev.trailer.agent.protocol.WorkspaceReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what to do so that what is observed becomes what is desired. Pure: equal input gives an equal plan, and planning on
 * a plan's own result plans nothing. Safe for any thread.
 */
public final class Planner {
    private Planner() {}

    /** On a host that keeps images as hosts do that were told nothing else. */
    public static Plan plan(Identity us, Desired desired, Observed observed, Memory memory, Instant now) {
        return plan(us, ImagePolicy.DEFAULT, desired, observed, memory, now);
    }

    /** @param memory after {@link Memory#seen} of the same observation */
    public static Plan plan(
            Identity us, ImagePolicy policy, Desired desired, Observed observed, Memory memory, Instant now) {
        var view = new View(us, desired, observed, memory, now);
        var images = new ImagePlanner(view);
        var volumes = new VolumePlanner(view);
        var workspaces = new WorkspacePlanner(view, images, volumes);
        var collector = new ImageCollector(view, policy);

        List<WorkspaceReport> workspaceReports =
                desired.workspaces().values().stream().map(workspaces::plan).toList();
        List<VolumeReport> volumeReports =
                desired.volumes().values().stream().map(volumes::plan).toList();
        List<BuildReport> buildReports =
                desired.builds().values().stream().map(images::report).toList();

        // ---- All removals, then images, then copies, then all other additions. The order within a workspace is kept.
        // ----
        var actions = new ArrayList<Action>();
        workspaces.actions().stream().filter(Action::removes).forEach(actions::add);
        volumes.actions().stream().filter(Action::removes).forEach(actions::add);
        actions.addAll(collector.actions());
        actions.addAll(images.actions());
        volumes.actions().stream().filter(action -> !action.removes()).forEach(actions::add);
        workspaces.actions().stream().filter(action -> !action.removes()).forEach(actions::add);

        return new Plan(
                actions,
                workspaceReports,
                volumeReports,
                buildReports,
                Strays.in(view),
                collector.report(),
                view.nextLook());
    }

    /**
     * What to report while the engine does not answer: what was at rest is left as it was last seen, whatever should run or
     * change has failed for want of an engine.
     *
     * @param last null if nothing was ever seen
     */
    public static Plan blind(Desired desired, @Nullable Plan last) {
        List<WorkspaceReport> known = last == null ? List.of() : last.workspaces();
        List<WorkspaceReport> reports = desired.workspaces().values().stream()
                .map(workspace -> blind(workspace, known))
                .toList();
        return last == null
                ? new Plan(List.of(), reports, List.of(), List.of(), List.of(), null, null)
                : new Plan(List.of(), reports, last.volumes(), last.builds(), last.strays(), last.images(), null);
    }

    private static WorkspaceReport blind(Workspace workspace, List<WorkspaceReport> known) {
        WorkspaceReport before = known.stream()
                .filter(report -> report.workspace().equals(workspace.id()))
                .findFirst()
                .orElse(null);
        boolean atRest = before != null
                && before.generation() == workspace.generation()
                && (before.phase() == Phase.STOPPED || before.phase() == Phase.GONE);
        if (before != null && atRest) {
            return before;
        }
        return new WorkspaceReport(
                workspace.id(),
                workspace.generation(),
                Phase.FAILED,
                new Cause.EngineDown(),
                before == null ? null : before.container(),
                before == null ? List.of() : before.gpus());
    }
}
