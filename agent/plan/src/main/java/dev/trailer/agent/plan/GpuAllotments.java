package dev.trailer.agent.plan;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.HostGpus.Gpu;
import dev.trailer.agent.protocol.Labels;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which GPUs are whose. A container keeps those that it was made with for as long as it exists, and a GPU is held by one
 * at a time: what runs comes before what is at work, that before what is about to start, and workspaces follow each other
 * by their ids. What rests holds nothing, but its GPUs are given away last.
 *
 * <p>It grows while a plan is made, so that one plan gives no GPU twice.
 */
final class GpuAllotments {
    /** Whether a container may be made or started, and with which GPUs. */
    sealed interface Allotment {
        record Given(List<String> gpus) implements Allotment {}

        /** Enough of them are about to be let go of. */
        record Awaited() implements Allotment {}

        record Refused(GpuTrouble trouble) implements Allotment {}
    }

    private static final Allotment NO_NEED = new Allotment.Given(List.of());

    private final HostGpus machine;
    private final Set<String> present;
    /** By UUID: a workspace, or a container that no workspace may count on. */
    private final Map<String, String> holders = new HashMap<>();
    /** Held by what is stopped as soon as may be. */
    private final Set<String> leaving = new HashSet<>();
    /** By workspace: those in its containers, whatever these do. */
    private final Map<String, Set<String>> own = new HashMap<>();
    /** Those in any container. */
    private final Set<String> inContainers = new HashSet<>();

    GpuAllotments(Identity us, Desired desired, Observed observed, Memory memory) {
        machine = observed.gpus();
        present = machine.devices().stream().map(Gpu::uuid).collect(Collectors.toSet());
        List<Container> made = observed.containers().stream()
                .filter(container -> !container.gpus().isEmpty())
                .toList();
        Map<String, WorkspaceContainers> known = new HashMap<>();
        if (!made.isEmpty()) {
            desired.workspaces()
                    .forEach((id, workspace) -> known.put(id, WorkspaceContainers.of(workspace, observed, us)));
        }
        // ---- What runs, then what is at work, then what is about to start. ----
        for (Container container : made) {
            String owner = owner(container, us, known);
            inContainers.addAll(container.gpus());
            own.computeIfAbsent(owner, _ -> new HashSet<>()).addAll(container.gpus());
            if (container.status() == Status.RUNNING) {
                hold(owner, container.gpus());
                Workspace workspace = desired.workspaces().get(owner);
                if (workspace != null && isStoppedAnyway(workspace, container, known)) {
                    leaving.addAll(container.gpus());
                }
            }
        }
        memory.gpus().forEach(this::hold);
        made.forEach(container -> {
            String owner = owner(container, us, known);
            if (memory.working().containsKey(owner)) {
                hold(owner, container.gpus());
            }
        });
        desired.workspaces().forEach((id, workspace) -> made.stream()
                .filter(container -> isToRun(workspace, container, known) && allFree(id, container.gpus()))
                .forEach(container -> hold(id, container.gpus())));
    }

    private static String owner(Container container, Identity us, Map<String, WorkspaceContainers> known) {
        String workspace = container.labels().getOrDefault(Labels.WORKSPACE, "");
        WorkspaceContainers containers = us.owns(container.labels()) ? known.get(workspace) : null;
        return containers == null || containers.apart().contains(container) ? container.id() : workspace;
    }

    /** Not one that is replaced: that waits for what replaces it, and two must not wait for each other. */
    private static boolean isStoppedAnyway(
            Workspace workspace, Container running, Map<String, WorkspaceContainers> known) {
        WorkspaceContainers containers = known.get(workspace.id());
        return workspace.power() != Power.RUNNING
                || (containers != null
                        && containers
                                .current()
                                .filter(current -> !current.equals(running))
                                .isPresent());
    }

    private static boolean isToRun(Workspace workspace, Container container, Map<String, WorkspaceContainers> known) {
        WorkspaceContainers containers = known.get(workspace.id());
        return workspace.power() == Power.RUNNING
                && containers != null
                && containers.current().filter(container::equals).isPresent();
    }

    private void hold(String owner, Collection<String> gpus) {
        gpus.forEach(gpu -> holders.putIfAbsent(gpu, owner));
    }

    private boolean isFree(String workspace, String gpu) {
        String holder = holders.get(gpu);
        return holder == null || holder.equals(workspace);
    }

    private boolean allFree(String workspace, Collection<String> gpus) {
        return gpus.stream().allMatch(gpu -> isFree(workspace, gpu));
    }

    /**
     * For a container that is to be made: of what is free its own once more, then what no container was made with, then the
     * rest; in the driver's order.
     */
    Allotment forNew(Workspace workspace) {
        if (workspace.gpus() == 0) {
            return NO_NEED;
        }
        Set<String> mine = own.getOrDefault(workspace.id(), Set.of());
        Predicate<String> free = gpu -> isFree(workspace.id(), gpu);
        List<String> chosen = machine.devices().stream()
                .map(Gpu::uuid)
                .filter(free)
                .sorted(Comparator.comparing(gpu -> mine.contains(gpu) ? 0 : inContainers.contains(gpu) ? 2 : 1))
                .limit(workspace.gpus())
                .toList();
        if (chosen.size() == workspace.gpus()) {
            hold(workspace.id(), chosen);
            return new Allotment.Given(chosen);
        }
        long soon = present.stream().filter(free.or(leaving::contains)).count();
        return soon >= workspace.gpus() ? new Allotment.Awaited() : refused(GpuTrouble.NONE_FREE);
    }

    /** For a container that is there: it starts with all that it was made with, or not at all. */
    Allotment forStart(Workspace workspace, Container container) {
        if (container.gpus().size() < workspace.gpus() || !present.containsAll(container.gpus())) {
            return refused(GpuTrouble.GONE);
        }
        if (allFree(workspace.id(), container.gpus())) {
            return new Allotment.Given(container.gpus());
        }
        boolean soon = container.gpus().stream().allMatch(gpu -> isFree(workspace.id(), gpu) || leaving.contains(gpu));
        return soon ? new Allotment.Awaited() : new Allotment.Refused(GpuTrouble.IN_USE);
    }

    /** What is wrong with the machine says more than what is missing by it. */
    private Allotment refused(GpuTrouble trouble) {
        GpuTrouble machines = machine.trouble();
        return new Allotment.Refused(machines != null ? machines : trouble);
    }

    /** What to tell of one that runs, which is not ended for it. Silent while not all is known of the machine. */
    @Nullable
    GpuTrouble loss(Container running) {
        return machine.trouble() != null || present.containsAll(running.gpus()) ? null : GpuTrouble.GONE;
    }
}
