package dev.trailer.agent.plan;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Volume;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.protocol.VolumeReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills volumes that are copies, while what they are copied from holds still; and deletes volumes: only where asked for by
 * name, and only once nothing uses or wants them.
 */
final class VolumePlanner {
    private final View view;
    private final List<Action> actions = new ArrayList<>();

    VolumePlanner(View view) {
        this.view = view;
    }

    VolumeReport plan(Volume volume) {
        boolean present = isThere(volume.id(), Names.volume(volume.id()));
        boolean filling = isThere(volume.id(), Names.filling(volume.id()));
        if (!isBusy(volume.id())) {
            helpers(volume.id()).forEach(helper -> actions.add(new Action.RemoveHelper(volume.id(), helper.id())));
            if (volume.remove() && (present || filling) && !used(volume.id()) && due(volume.id())) {
                actions.add(new Action.RemoveVolume(volume.id()));
            }
            String source = volume.copyOf();
            if (source != null && awaitsCopy(volume) && holdsStill(source) && due(volume.id())) {
                actions.add(new Action.CopyVolume(volume.id(), source));
            }
        }
        return new VolumeReport(
                volume.id(),
                volume.remove() && !present && !filling,
                volume.copyOf() != null && !volume.remove() && present && !filling,
                null);
    }

    /** What a workspace that mounts it has to wait for. */
    boolean awaitsCopy(@Nullable Volume volume) {
        return volume != null
                && volume.copyOf() != null
                && !volume.remove()
                && !(isThere(volume.id(), Names.volume(volume.id()))
                        && !isThere(volume.id(), Names.filling(volume.id())));
    }

    @Nullable
    Failure failure(String volume) {
        return view.memory.failures().get(Names.volumeLane(volume));
    }

    /**
     * Whether a copy of it is being made, or is about to be: then nothing may begin to use it. A copy that failed waits for
     * its next turn, and one whose source is in use waits for that to end; neither keeps anybody waiting.
     */
    boolean isBeingCopied(String volume) {
        return copiesOf(volume).stream()
                .anyMatch(copy -> isBusy(copy.id()) || (failure(copy.id()) == null && holdsStill(volume)));
    }

    private List<Volume> copiesOf(String volume) {
        return view.desired.volumes().values().stream()
                .filter(copy -> volume.equals(copy.copyOf()) && awaitsCopy(copy))
                .toList();
    }

    private boolean holdsStill(String source) {
        // A copy of a copy waits for that; so does one of what is being restored.
        boolean whole = !isThere(source, Names.filling(source))
                && !awaitsCopy(view.desired.volumes().get(source));
        return whole
                && !isBusy(source)
                && users(source).stream().noneMatch(user -> user.status() == Observed.Status.RUNNING);
    }

    private boolean due(String volume) {
        Failure failure = failure(volume);
        return failure == null || view.due(failure.retryAt());
    }

    private boolean isBusy(String volume) {
        return view.memory.working().containsKey(Names.volumeLane(volume));
    }

    private List<Container> helpers(String volume) {
        return view.observed.containers().stream()
                .filter(container -> view.us.owns(container.labels())
                        && volume.equals(container.labels().get(Labels.HELPER)))
                .toList();
    }

    private boolean isThere(String volume, String name) {
        return view.observed.volumes().stream()
                .anyMatch(seen -> seen.name().equals(name)
                        && view.us.owns(seen.labels())
                        && volume.equals(seen.labels().get(Labels.VOLUME)));
    }

    /** Anybody's container counts, and so does a workspace that would need it again, or a volume that is its copy to be. */
    private boolean used(String volume) {
        return !users(volume).isEmpty()
                || view.desired.workspaces().values().stream()
                        .filter(workspace -> workspace.power() != Power.REMOVED)
                        .anyMatch(workspace -> mounts(workspace, volume))
                || !copiesOf(volume).isEmpty();
    }

    private static boolean mounts(Workspace workspace, String volume) {
        return workspace.mounts().stream().anyMatch(mount -> mount.volume().equals(volume));
    }

    private List<Container> users(String volume) {
        String name = Names.volume(volume);
        return view.observed.containers().stream()
                .filter(container -> container.volumes().contains(name))
                .toList();
    }

    List<Action> actions() {
        return actions;
    }
}
