package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Build;
import dev.trailer.agent.protocol.DesiredResource.Forget;
import dev.trailer.agent.protocol.DesiredResource.Volume;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Everything that should be true on a host, by id, in a fixed order so that equal input gives equal plans. */
public record Desired(
        SortedMap<String, Workspace> workspaces, SortedMap<String, Volume> volumes, SortedMap<String, Build> builds) {

    public static final Desired NOTHING = of(List.of());

    public Desired {
        workspaces = Collections.unmodifiableSortedMap(new TreeMap<>(workspaces));
        volumes = Collections.unmodifiableSortedMap(new TreeMap<>(volumes));
        builds = Collections.unmodifiableSortedMap(new TreeMap<>(builds));
    }

    public static Desired of(Collection<? extends DesiredResource> resources) {
        return new Desired(new TreeMap<>(), new TreeMap<>(), new TreeMap<>()).merge(resources);
    }

    /** What was desired with what changed of it. What is not mentioned stays as it was. */
    public Desired merge(Collection<? extends DesiredResource> changes) {
        var nextWorkspaces = new TreeMap<>(workspaces);
        var nextVolumes = new TreeMap<>(volumes);
        var nextBuilds = new TreeMap<>(builds);
        for (DesiredResource change : changes) {
            switch (change) {
                case Workspace workspace -> nextWorkspaces.put(workspace.id(), workspace);
                case Volume volume -> nextVolumes.put(volume.id(), volume);
                case Build build -> nextBuilds.put(build.id(), build);
                case Forget forget -> {
                    nextWorkspaces.remove(forget.id());
                    nextVolumes.remove(forget.id());
                    nextBuilds.remove(forget.id());
                }
            }
        }
        return new Desired(nextWorkspaces, nextVolumes, nextBuilds);
    }
}
