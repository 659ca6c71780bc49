package dev.trailer.agent.plan;

import dev.trailer.agent.plan.GpuAllotments.Allotment;
import dev.trailer.agent.plan.ImagePlanner.Standing;
import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource.Mount;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.Health;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.protocol.WorkspaceReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans one workspace after another: which container goes, which comes, and what to say meanwhile.
 *
 * <p>An image is made ready before what it replaces is stopped: what runs is not taken down for a build that may fail.
 */
final class WorkspacePlanner {
    /** What a container has to end by itself before it is ended (issue 3). */
    static final Duration GRACE = Duration.ofSeconds(10);

    /** How soon to look again at a container that the engine is taking away. */
    private static final Duration REMOVING = Duration.ofSeconds(1);

    private final View view;
    private final ImagePlanner images;
    private final VolumePlanner volumes;
    private final List<Action> actions = new ArrayList<>();

    WorkspacePlanner(View view, ImagePlanner images, VolumePlanner volumes) {
        this.view = view;
        this.images = images;
        this.volumes = volumes;
    }

    List<Action> actions() {
        return actions;
    }

    WorkspaceReport plan(Workspace workspace) {
        var containers = WorkspaceContainers.of(workspace, view.observed, view.us);
        Container newer = containers.newer(workspace).orElse(null);
        if (newer != null && workspace.power() != Power.REMOVED) {
            Phase phase = newer.status() == Status.RUNNING ? Phase.RUNNING : Phase.STOPPED;
            return new WorkspaceReport(workspace.id(), workspace.generation(), phase, null, newer.id(), newer.gpus());
        }
        var draft = new Draft(workspace, containers);
        switch (workspace.power()) {
            case RUNNING -> draft.run();
            case STOPPED -> draft.stop();
            case REMOVED -> draft.remove();
        }
        actions.addAll(draft.allowed());
        return draft.report();
    }

    /** One workspace's plan in the making. */
    private final class Draft {
        private final Workspace workspace;
        private final WorkspaceContainers containers;
        private final @Nullable Container current;
        private final @Nullable Exits exits;
        private final @Nullable Step working;
        private final @Nullable Failure failure;
        /** What checks have shown of the run that is there now; null if they have not yet, or there are none. */
        private final @Nullable Checked checked;

        private final List<Action> needed = new ArrayList<>();
        /** What it waits for that is not its own to do; null if nothing. */
        private @Nullable Step awaited;

        /** Of what it waits for. */
        private @Nullable Failure awaitedFailure;
        /** Why it is not started for want of its GPUs; null if it is not for that. */
        private @Nullable GpuTrouble refused;

        /** False while a back-off holds the start. */
        private boolean mayAct = true;

        Draft(Workspace workspace, WorkspaceContainers containers) {
            this.workspace = workspace;
            this.containers = containers;
            current = containers.current().orElse(null);
            Exits known = view.memory.exits().get(workspace.id());
            exits = known != null && known.generation() == workspace.containerGeneration() ? known : null;
            working = view.memory.working().get(workspace.id());
            Failure failed = view.memory.failures().get(workspace.id());
            failure = failed != null && failed.generation() == workspace.generation() ? failed : null;
            Checked before = view.memory.health().get(workspace.id());
            checked = before == null || current == null ? null : before.in(Memory.Done.run(current), view.now);
        }

        void run() {
            if (current == null) {
                replace();
                return;
            }
            containers.older().forEach(this::takeAway);
            switch (current.status()) {
                case RUNNING -> {
                    view.lookAt(exits == null ? null : exits.steadyAt());
                    furnish(current);
                    if (needed.isEmpty()) {
                        restartIfUnhealthy(current);
                    }
                }
                case CREATED, EXITED -> start(current);
                case REMOVING -> awaitRemoval();
                case DEAD -> throw new IllegalStateException("a dead container is never current");
            }
        }

        /** What a running container needs before it is as it should be. */
        private void furnish(Container running) {
            String run = Memory.Done.run(running);
            if (!workspace.secrets().isEmpty() && !did(Step.GIVE_SECRETS, run)) {
                needed.add(new Action.GiveSecrets(workspace, running.id(), run));
            }
            if (workspace.git() != null && !did(Step.CLONE_REPOSITORY, run)) {
                needed.add(new Action.CloneRepository(workspace, running.id(), run));
            }
        }

        /** It runs on until it may be started again: who wants to know why it is not well can look inside. */
        private void restartIfUnhealthy(Container running) {
            if (checked == null || !checked.check().restart() || !checked.isFailing()) {
                return;
            }
            needed.add(stopOf(running));
            needed.add(startOf(running.id()));
            mayAct = view.due(checked.restartAt());
        }

        private boolean did(Step step, String run) {
            return view.memory.didInside(workspace.id(), run, step);
        }

        private void replace() {
            switch (images.ensure(workspace.image())) {
                case Standing.Awaited(Step step) -> awaited = step;
                case Standing.Failed(Failure failed) -> awaitedFailure = failed;
                case Standing.Ready _ when awaitsCopies() -> {}
                case Standing.Ready _ -> replaceOn(view.gpus.forNew(workspace));
            }
        }

        /** What is there is not taken down for a GPU that cannot be had. */
        private void replaceOn(Allotment allotment) {
            switch (allotment) {
                case Allotment.Refused(GpuTrouble trouble) -> refused = trouble;
                case Allotment.Awaited _ -> awaited = Step.STOP_CONTAINER;
                case Allotment.Given(List<String> gpus) -> {
                    containers.older().forEach(this::takeAway);
                    createNetworkIfMissing();
                    workspace.mounts().stream()
                            .map(Mount::volume)
                            .distinct()
                            .filter(volume -> !hasVolume(volume))
                            .forEach(volume -> needed.add(
                                    new Action.CreateVolume(workspace.id(), workspace.generation(), volume)));
                    needed.add(new Action.CreateContainer(workspace, gpus));
                    needed.add(startOf(Names.container(workspace.id(), workspace.containerGeneration())));
                }
            }
        }

        /** Of what it mounts: what is still to be filled, and what is to hold still while it is copied. */
        private boolean awaitsCopies() {
            for (Mount mount : workspace.mounts()) {
                boolean own = volumes.awaitsCopy(view.desired.volumes().get(mount.volume()));
                if (own || volumes.isBeingCopied(mount.volume())) {
                    awaited = Step.COPY_VOLUME;
                    awaitedFailure = own ? volumes.failure(mount.volume()) : null;
                    return true;
                }
            }
            return false;
        }

        private void start(Container container) {
            if (awaitsCopies()) {
                mayAct = false;
                return;
            }
            switch (view.gpus.forStart(workspace, container)) {
                case Allotment.Refused(GpuTrouble trouble) -> refused = trouble;
                case Allotment.Awaited _ -> awaited = Step.STOP_CONTAINER;
                case Allotment.Given _ -> startOnItsOwn(container);
            }
        }

        private void startOnItsOwn(Container container) {
            createNetworkIfMissing();
            needed.add(startOf(container.id()));
            if (exits != null && container.status() == Status.EXITED && !view.due(exits.restartAt())) {
                mayAct = false;
            }
        }

        void stop() {
            containers.older().forEach(this::takeAway);
            if (current != null && current.status() == Status.RUNNING) {
                needed.add(stopOf(current));
            } else if (current != null && current.status() == Status.REMOVING) {
                awaitRemoval();
            }
        }

        void remove() {
            containers.older().forEach(this::takeAway);
            if (!containers.apart().isEmpty()) {
                awaited = Step.REMOVE_CONTAINER;
                return;
            }
            ownNetwork()
                    .ifPresent(network ->
                            needed.add(new Action.RemoveNetwork(workspace.id(), workspace.generation(), network.id())));
        }

        private void takeAway(Container container) {
            if (container.status() == Status.REMOVING) {
                awaitRemoval();
                return;
            }
            if (container.status() == Status.RUNNING) {
                needed.add(stopOf(container));
            }
            needed.add(new Action.RemoveContainer(workspace.id(), workspace.generation(), container.id()));
        }

        private void awaitRemoval() {
            awaited = Step.REMOVE_CONTAINER;
            mayAct = false;
            view.lookAt(view.now.plus(REMOVING));
        }

        private void createNetworkIfMissing() {
            if (ownNetwork().isEmpty()) {
                needed.add(new Action.CreateNetwork(workspace.id(), workspace.generation()));
            }
        }

        private Optional<Observed.Network> ownNetwork() {
            return view.observed.networks().stream()
                    .filter(network ->
                            network.name().equals(Names.network(workspace.id())) && view.us.owns(network.labels()))
                    .findFirst();
        }

        private boolean hasVolume(String volume) {
            return view.observed.volumes().stream()
                    .anyMatch(seen -> seen.name().equals(Names.volume(volume)) && view.us.owns(seen.labels()));
        }

        private Action startOf(String container) {
            return new Action.StartContainer(workspace.id(), workspace.generation(), container);
        }

        private Action stopOf(Container container) {
            return new Action.StopContainer(workspace.id(), workspace.generation(), container.id(), GRACE);
        }

        /** What may be done now: nothing while it is at work, or before a failed step is due again. */
        List<Action> allowed() {
            boolean due = needed.isEmpty() || failure == null || view.due(failure.retryAt());
            return working == null && mayAct && due ? needed : List.of();
        }

        WorkspaceReport report() {
            Cause cause = failed();
            if (cause != null) {
                return report(Phase.FAILED, cause);
            }
            if (workspace.power() == Power.RUNNING && checked != null && checked.why() != null) {
                // Also while it is started again for that: why is what people want to know.
                return report(Phase.RUNNING, trouble());
            }
            Step step = working != null ? working : awaited != null ? awaited : firstNeeded();
            if (step != null) {
                Phase phase = workspace.power() == Power.RUNNING ? Phase.PREPARING : Phase.STOPPING;
                return report(phase, new Cause.Working(step));
            }
            return switch (workspace.power()) {
                case RUNNING -> report(Phase.RUNNING, trouble());
                case STOPPED -> report(Phase.STOPPED, null);
                case REMOVED -> report(Phase.GONE, null);
            };
        }

        /** A failure stays told while it is tried again, so that a report changes only when the outcome does. */
        private @Nullable Cause failed() {
            if (failure != null && (working != null || !needed.isEmpty())) {
                return failure.cause();
            }
            if (awaitedFailure != null) {
                return awaitedFailure.cause();
            }
            if (refused != null && working == null) {
                return new Cause.GpuUnavailable(refused);
            }
            return workspace.power() == Power.RUNNING && current != null && exits != null ? exits.cause() : null;
        }

        /** What is wrong with it although it runs. */
        private @Nullable Cause trouble() {
            GpuTrouble loss = current == null ? null : view.gpus.loss(current);
            if (loss != null) {
                return new Cause.GpuUnavailable(loss);
            }
            return checked == null ? null : checked.why();
        }

        /** Null where nothing is known yet of an image's own check, which may not be there. */
        private @Nullable Health health() {
            return checked != null ? checked.told() : workspace.healthCheck() != null ? Health.STARTING : null;
        }

        private @Nullable Step firstNeeded() {
            return needed.isEmpty() ? null : needed.getFirst().step();
        }

        private WorkspaceReport report(Phase phase, @Nullable Cause cause) {
            Container shown = current != null
                    ? current
                    : containers.older().isEmpty() ? null : containers.older().getFirst();
            return shown == null
                    ? new WorkspaceReport(workspace.id(), workspace.generation(), phase, cause, null)
                    : new WorkspaceReport(
                            workspace.id(),
                            workspace.generation(),
                            phase,
                            cause,
                            shown.id(),
                            shown.gpus(),
                            phase == Phase.RUNNING ? health() : null);
        }
    }
}
