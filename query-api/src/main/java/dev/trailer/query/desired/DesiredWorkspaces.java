package dev.trailer.query.desired;

import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Git;
import dev.trailer.agent.protocol.DesiredResource.Mount;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.SecretFile;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.WorkspaceEvent;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceChanged;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceCreated;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRestartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import dev.trailer.domain.workspace.WorkspaceSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What events of a workspace make of the workspace that its host is told of. Pure. */
final class DesiredWorkspaces {
    private DesiredWorkspaces() {}

    static @Nullable DesiredRow evolve(@Nullable DesiredRow row, WorkspaceEvent event) {
        return switch (event) {
            case WorkspaceCreated e ->
                new DesiredRow(
                        e.host().id(),
                        workspace(
                                e.workspace().value(),
                                e.spec(),
                                e.image(),
                                e.generation(),
                                e.container(),
                                e.desired() == Desired.RUNNING ? Power.RUNNING : Power.STOPPED));
            case WorkspaceChanged e -> {
                var was = workspace(row);
                yield with(row, workspace(was.id(), e.spec(), e.image(), e.generation(), e.container(), was.power()));
            }
            case WorkspaceStartRequested e ->
                with(row, intent(workspace(row), Power.RUNNING, image(e.image()), e.generation(), e.container()));
            case WorkspaceRestartRequested e ->
                with(row, intent(workspace(row), Power.RUNNING, image(e.image()), e.generation(), e.container()));
            case WorkspaceStopRequested e -> {
                var was = workspace(row);
                yield with(row, intent(was, Power.STOPPED, was.image(), e.generation(), was.containerGeneration()));
            }
            case WorkspaceDeleted e -> {
                var was = workspace(row);
                yield with(row, intent(was, Power.REMOVED, was.image(), e.generation(), was.containerGeneration()));
            }
            case WorkspaceObserved _ -> row;
            case WorkspaceRemoved e ->
                with(row, new DesiredResource.Forget(e.workspace().value()));
        };
    }

    private static DesiredResource.Workspace workspace(@Nullable DesiredRow row) {
        return (DesiredResource.Workspace) DesiredProjector.known(row).resource();
    }

    private static DesiredRow with(@Nullable DesiredRow row, DesiredResource resource) {
        return new DesiredRow(DesiredProjector.known(row).host(), resource);
    }

    private static DesiredResource.Workspace workspace(
            String id, WorkspaceSpec spec, ImageRef image, long generation, long container, Power power) {
        var resources = spec.resources();
        return new DesiredResource.Workspace(
                id,
                spec.name().value(),
                generation,
                container,
                power,
                image(image),
                resources.cpuMillis(),
                resources.memoryBytes(),
                resources.gpus(),
                spec.env(),
                spec.volumes().stream()
                        .map(m -> new Mount(m.volume().value(), m.mountPath().value()))
                        .toList(),
                spec.secrets().stream()
                        .map(s -> new SecretFile(s.id().value(), s.name().value()))
                        .toList(),
                secretEnv(spec),
                git(spec),
                healthCheck(spec));
    }

    private static DesiredResource.Workspace intent(
            DesiredResource.Workspace was,
            Power power,
            DesiredResource.ImageRef image,
            long generation,
            long container) {
        return new DesiredResource.Workspace(
                was.id(),
                was.name(),
                generation,
                container,
                power,
                image,
                was.cpuMillis(),
                was.memoryBytes(),
                was.gpus(),
                was.env(),
                was.mounts(),
                was.secrets(),
                was.secretEnv(),
                was.git(),
                was.healthCheck());
    }

    private static Map<String, String> secretEnv(WorkspaceSpec spec) {
        var ids = new LinkedHashMap<String, String>();
        spec.secretEnv()
                .forEach((variable, secret) -> ids.put(variable, secret.id().value()));
        return ids;
    }

    private static @Nullable Git git(WorkspaceSpec spec) {
        var git = spec.git();
        var path = spec.gitPath();
        if (git == null || path == null) {
            return null;
        }
        var secret = git.secret();
        return new Git(
                git.url(), git.ref(), path, secret == null ? null : secret.id().value());
    }

    private static @Nullable HealthCheck healthCheck(WorkspaceSpec spec) {
        var check = spec.healthCheck();
        return check == null
                ? null
                : new HealthCheck(
                        List.of("/bin/sh", "-c", check.command()),
                        check.interval().toMillis(),
                        check.timeout().toMillis(),
                        check.retries(),
                        check.startPeriod().toMillis(),
                        check.restart());
    }

    private static DesiredResource.ImageRef image(ImageRef image) {
        return new DesiredResource.ImageRef(image.id().value(), image.name().value(), image.version());
    }
}
