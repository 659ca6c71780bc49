package dev.trailer.agent.plan;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Our containers of one workspace, told apart by generation.
 *
 * @param current the one that should exist
 * @param older to be replaced
 * @param apart newer than what is desired, or one too many, or with a label that cannot be read: left and reported
 */
record WorkspaceContainers(Optional<Container> current, List<Container> older, List<Container> apart) {

    static WorkspaceContainers of(Workspace workspace, Observed observed, Identity us) {
        boolean removing = workspace.power() == Power.REMOVED;
        // A removal is of every generation up to the one that asked for it; a running one is compared with its own.
        long newest = removing
                ? Math.max(workspace.generation(), workspace.containerGeneration())
                : workspace.containerGeneration();
        String fixedName = Names.container(workspace.id(), workspace.containerGeneration());
        Container current = null;
        var older = new ArrayList<Container>();
        var apart = new ArrayList<Container>();
        List<Container> ours = observed.containers().stream()
                .filter(container -> us.owns(container.labels()) && container.of(workspace.id()))
                .sorted(Comparator.comparing(
                                (Container container) -> !container.name().equals(fixedName))
                        .thenComparing(Container::name)
                        .thenComparing(Container::id))
                .toList();
        for (Container container : ours) {
            long generation = container.generation();
            if (generation < 0 || generation > newest) {
                apart.add(container);
            } else if (removing || generation < newest || container.status() == Status.DEAD) {
                older.add(container);
            } else if (current == null) {
                current = container;
            } else {
                apart.add(container);
            }
        }
        return new WorkspaceContainers(Optional.ofNullable(current), List.copyOf(older), List.copyOf(apart));
    }

    /** One of a newer generation than desired: somebody knows more than we were told, so nothing is done. */
    Optional<Container> newer(Workspace workspace) {
        return apart.stream()
                .filter(container -> container.generation() > workspace.containerGeneration())
                .findFirst();
    }
}
