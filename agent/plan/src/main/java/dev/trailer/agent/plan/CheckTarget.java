package dev.trailer.agent.plan;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.protocol.Step;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A container that should be well: it runs, has all that it was to be given, and nobody is at work on it.
 *
 * @param generation of the container
 * @param run of the container: each start of it begins anew
 * @param asked what its workspace asks for; null for the image's own
 */
public record CheckTarget(
        String workspace,
        String container,
        long generation,
        String run,
        @Nullable HealthCheck asked) {

    public static List<CheckTarget> of(Identity us, Desired desired, Observed observed, Memory memory) {
        return desired.workspaces().values().stream()
                .flatMap(workspace -> of(us, workspace, observed, memory).stream())
                .toList();
    }

    private static Optional<CheckTarget> of(Identity us, Workspace workspace, Observed observed, Memory memory) {
        if (workspace.power() != Power.RUNNING || memory.working().containsKey(workspace.id())) {
            return Optional.empty();
        }
        return WorkspaceContainers.of(workspace, observed, us)
                .current()
                .filter(container -> container.status() == Status.RUNNING && isFurnished(workspace, container, memory))
                .map(container -> new CheckTarget(
                        workspace.id(),
                        container.id(),
                        workspace.containerGeneration(),
                        Memory.Done.run(container),
                        workspace.healthCheck()));
    }

    private static boolean isFurnished(Workspace workspace, Container container, Memory memory) {
        String run = Memory.Done.run(container);
        return (workspace.secrets().isEmpty() || memory.didInside(workspace.id(), run, Step.GIVE_SECRETS))
                && (workspace.git() == null || memory.didInside(workspace.id(), run, Step.CLONE_REPOSITORY));
    }
}
