package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.Labels;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What carries our labels though nobody asked for it: reported and left, since absence never removes. */
final class Strays {
    /** Bounds a heartbeat; more than this on one host is a fault of ours, and the first names show it. */
    static final int MAX = 500;

    private Strays() {}

    static List<String> in(View view) {
        var names = new TreeSet<String>();
        Observed observed = view.observed;
        observed.containers().stream()
                .filter(container -> view.us.owns(container.labels())
                        && !isKnownHelper(view, container)
                        && !view.desired
                                .workspaces()
                                .containsKey(container.labels().getOrDefault(Labels.WORKSPACE, "")))
                .forEach(container -> names.add(container.name()));
        for (Workspace workspace : view.desired.workspaces().values()) {
            WorkspaceContainers.of(workspace, observed, view.us)
                    .apart()
                    .forEach(container -> names.add(container.name()));
        }
        Set<String> wanted = new HashSet<>();
        for (Workspace workspace : view.desired.workspaces().values()) {
            wanted.add(Names.network(workspace.id()));
            workspace.mounts().forEach(mount -> wanted.add(Names.volume(mount.volume())));
        }
        view.desired.volumes().keySet().forEach(volume -> {
            wanted.add(Names.volume(volume));
            wanted.add(Names.filling(volume));
        });
        observed.networks().stream()
                .filter(network -> view.us.owns(network.labels()) && !wanted.contains(network.name()))
                .forEach(network -> names.add(network.name()));
        observed.volumes().stream()
                .filter(volume -> view.us.owns(volume.labels()) && !wanted.contains(volume.name()))
                .forEach(volume -> names.add(volume.name()));
        return names.stream().limit(MAX).toList();
    }

    private static boolean isKnownHelper(View view, Observed.Container container) {
        return view.desired.volumes().containsKey(container.labels().getOrDefault(Labels.HELPER, ""));
    }
}
