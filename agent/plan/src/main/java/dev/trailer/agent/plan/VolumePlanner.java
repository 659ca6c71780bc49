package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Volume;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.protocol.VolumeReport;
import java.util.ArrayList;
import java.util.List;

/** Deletes volumes: only where asked for by name, and only once nothing uses or wants them. */
final class VolumePlanner {
    private final View view;
    private final List<Action> actions = new ArrayList<>();

    VolumePlanner(View view) {
        this.view = view;
    }

    VolumeReport plan(Volume volume) {
        boolean present = view.observed.volumes().stream().anyMatch(seen -> isOurs(seen, volume.id()));
        if (volume.remove() && present && !used(volume.id())) {
            String lane = Names.volumeLane(volume.id());
            Failure failure = view.memory.failures().get(lane);
            boolean due = failure == null || view.due(failure.retryAt());
            if (due && !view.memory.working().containsKey(lane)) {
                actions.add(new Action.RemoveVolume(volume.id()));
            }
        }
        return new VolumeReport(volume.id(), volume.remove() && !present);
    }

    private boolean isOurs(Observed.Volume seen, String volume) {
        return seen.name().equals(Names.volume(volume))
                && view.us.owns(seen.labels())
                && volume.equals(seen.labels().get(Labels.VOLUME));
    }

    /** Anybody's container counts, and so does a workspace that would need it again. */
    private boolean used(String volume) {
        String name = Names.volume(volume);
        return view.observed.containers().stream()
                        .anyMatch(container -> container.volumes().contains(name))
                || view.desired.workspaces().values().stream()
                        .filter(workspace -> workspace.power() != Power.REMOVED)
                        .anyMatch(workspace -> workspace.mounts().stream()
                                .anyMatch(mount -> mount.volume().equals(volume)));
    }

    List<Action> actions() {
        return actions;
    }
}
