package dev.trailer.e2e.faults.model;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceEvent;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * No command is half done: whenever one ends, each workspace and the volumes agree on which belong together, which takes
 * events of several things in one command.
 */
final class Whole {
    private final Model model;

    Whole(Model model) {
        this.model = model;
    }

    void check(List<RecordedEvent> command) {
        var touched = new HashSet<String>();
        for (RecordedEvent event : command) {
            switch (event.event()) {
                case WorkspaceEvent e -> touched.add(e.workspace().value());
                case VolumeEvent.VolumeCreated e -> touched.add(e.workspace().value());
                case VolumeEvent.VolumeAttached e -> touched.add(e.workspace().value());
                case VolumeEvent.VolumeDetached e -> touched.add(e.workspace().value());
                default -> {
                    // says nothing about who belongs to whom
                }
            }
        }
        for (String id : touched) {
            var says = mounted(model.workspace(id));
            var said = users(id);
            Model.require(
                    says.equals(said),
                    "workspace " + id + " has volumes " + says + ", its volumes are " + said,
                    command.getLast());
        }
    }

    private static Set<String> mounted(Workspace workspace) {
        var found = new TreeSet<String>();
        if (workspace.life() == Workspace.Life.ACTIVE) {
            workspace.spec().volumes().forEach(mount -> found.add(mount.volume().value()));
        }
        return found;
    }

    private Set<String> users(String workspace) {
        var found = new TreeSet<String>();
        model.volumes().forEach((id, volume) -> {
            if (volume.workspace() != null && volume.workspace().value().equals(workspace)) {
                found.add(id);
            }
        });
        return found;
    }
}
