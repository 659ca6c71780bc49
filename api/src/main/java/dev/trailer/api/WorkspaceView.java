package dev.trailer.api;

import dev.trailer.domain.secret.SecretRef;
import dev.trailer.domain.workspace.App;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.Health;
import dev.trailer.domain.workspace.HealthCheck;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceSpec;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as read. {@code version} counts all its events, {@code generation} only what people asked for; the latter
 * is its ETag.
 *
 * @param secrets names of those given as files
 * @param secretEnv of those given as environment, by the variable's name
 * @param healthCheck null for the image's own, if it has one
 * @param createdAt null in the answer to a change
 */
@Schema(name = "Workspace")
public record WorkspaceView(
        String id,
        String name,
        String owner,
        String ownerId,
        String image,
        String imageId,
        int imageVersion,
        ResourcesView resources,
        Map<String, String> env,
        List<String> secrets,
        Map<String, String> secretEnv,
        List<VolumeMountView> volumes,
        List<App> apps,
        @Nullable GitView git,
        @Nullable HealthCheckView healthCheck,
        String host,
        String hostId,
        Desired desired,
        @Nullable String autoStop,
        long version,
        long generation,
        boolean deleting,
        ObservedView observed,
        @Nullable Instant createdAt) {

    @Schema(name = "VolumeMount")
    public record VolumeMountView(String name, String mountPath, String volume) {}

    /** @param path where it is cloned to */
    @Schema(name = "Git")
    public record GitView(
            String url, @Nullable String ref, @Nullable String secret, String path) {}

    /** Durations are ISO 8601. */
    @Schema(name = "HealthCheck")
    public record HealthCheckView(
            String command, String interval, String timeout, int retries, String startPeriod, boolean restart) {
        static @Nullable HealthCheckView of(@Nullable HealthCheck check) {
            return check == null
                    ? null
                    : new HealthCheckView(
                            check.command(),
                            check.interval().toString(),
                            check.timeout().toString(),
                            check.retries(),
                            check.startPeriod().toString(),
                            check.restart());
        }
    }

    /**
     * What the host last saw.
     *
     * @param generation the intent that the host was acting on; behind the workspace's, it has not caught up
     * @param since when the phase began; null in the answer to a change
     * @param gpus the UUIDs of those that its container was made with
     * @param health null while it does not run, and where neither it nor its image has a health check
     */
    @Schema(name = "Observed")
    public record ObservedView(
            Phase phase,
            long generation,
            @Nullable ReasonView reason,
            @Nullable Instant since,
            @Nullable String container,
            List<String> gpus,
            @Nullable Health health) {}

    public static WorkspaceView of(Workspace w, People people, @Nullable Instant createdAt, @Nullable Instant since) {
        var spec = w.spec();
        var observed = w.observed();
        return new WorkspaceView(
                w.id().value(),
                spec.name().value(),
                people.handleOf(w.owner()),
                w.owner().value(),
                w.image().name().value(),
                w.image().id().value(),
                w.image().version(),
                ResourcesView.of(spec.resources()),
                spec.env(),
                spec.secrets().stream().map(ref -> ref.name().value()).toList(),
                names(spec.secretEnv()),
                spec.volumes().stream()
                        .map(m -> new VolumeMountView(
                                m.name().value(),
                                m.mountPath().value(),
                                m.volume().value()))
                        .toList(),
                spec.apps(),
                git(spec),
                HealthCheckView.of(spec.healthCheck()),
                w.host().name().value(),
                w.host().id().value(),
                w.desired(),
                spec.autoStop() == null ? null : spec.autoStop().toString(),
                w.version(),
                w.generation(),
                w.life() != Workspace.Life.ACTIVE,
                new ObservedView(
                        observed.phase(),
                        observed.generation(),
                        ReasonView.of(w.why()),
                        since,
                        observed.container(),
                        observed.gpus(),
                        observed.health()),
                createdAt);
    }

    private static Map<String, String> names(Map<String, SecretRef> secrets) {
        var names = new LinkedHashMap<String, String>();
        secrets.forEach((variable, secret) -> names.put(variable, secret.name().value()));
        return names;
    }

    private static @Nullable GitView git(WorkspaceSpec spec) {
        var git = spec.git();
        var path = spec.gitPath();
        if (git == null || path == null) {
            return null;
        }
        var secret = git.secret();
        return new GitView(
                git.url(), git.ref(), secret == null ? null : secret.name().value(), path);
    }

    /** With the engine's own words to its reason; the same where it has no reason. */
    public WorkspaceView withDetail(String detail) {
        var reason = observed.reason();
        if (reason == null) {
            return this;
        }
        var told = new ObservedView(
                observed.phase(),
                observed.generation(),
                reason.withDetail(detail),
                observed.since(),
                observed.container(),
                observed.gpus(),
                observed.health());
        return new WorkspaceView(
                id,
                name,
                owner,
                ownerId,
                image,
                imageId,
                imageVersion,
                resources,
                env,
                secrets,
                secretEnv,
                volumes,
                apps,
                git,
                healthCheck,
                host,
                hostId,
                desired,
                autoStop,
                version,
                generation,
                deleting,
                told,
                createdAt);
    }
}
