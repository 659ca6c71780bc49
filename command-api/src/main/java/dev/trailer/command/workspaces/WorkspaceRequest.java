package dev.trailer.command.workspaces;

import dev.trailer.domain.secret.SecretRef;
import dev.trailer.domain.workspace.App;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.GitSource;
import dev.trailer.domain.workspace.HealthCheck;
import dev.trailer.domain.workspace.Visibility;
import dev.trailer.domain.workspace.VolumeMount;
import dev.trailer.domain.workspace.Workspace;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A workspace as sent. Only {@code name} and {@code image} are required.
 *
 * @param secrets names of the owner's secrets, each given as the file {@code /run/secrets/<name>}, in memory
 * @param secretEnv the same as environment: variable to name. Who can look into the engine can read those
 * @param git cloned once, into the first volume
 * @param healthCheck null for the image's own, if it has one
 * @param host a host's name; null to have one chosen
 * @param desired {@code running} unless told otherwise
 * @param autoStop ISO 8601 duration after each start; null for never
 */
@Schema(name = "WorkspaceRequest")
public record WorkspaceRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String image,

        @Nullable ResourcesRequest resources,
        @Nullable LinkedHashMap<String, @Nullable String> env,
        @Nullable List<@Nullable String> secrets,
        @Nullable LinkedHashMap<String, @Nullable String> secretEnv,
        @Nullable List<@Nullable VolumeRequest> volumes,
        @Nullable List<@Nullable AppRequest> apps,
        @Nullable GitRequest git,
        @Nullable HealthCheckRequest healthCheck,
        @Nullable String host,

        @Schema(allowableValues = {"running", "stopped"}) @Nullable
        String desired,

        @Nullable String autoStop) {

    /** One CPU, 1 GiB and no GPU unless told otherwise. */
    @Schema(name = "ResourcesRequest")
    public record ResourcesRequest(
            @Nullable Double cpus,
            @Nullable Long memoryBytes,
            @Nullable Integer gpus) {}

    /** @param volume the id of a kept volume to take; null for a new one, or for the one already here under this name */
    @Schema(name = "VolumeMountRequest")
    public record VolumeRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String mountPath,

            @Nullable String volume) {}

    @Schema(name = "AppRequest")
    public record AppRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String name,

            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            Integer port,

            @Schema(allowableValues = {"owner", "granted", "signed-in", "public"}) @Nullable
            String visibility) {}

    /**
     * @param url http or https, without user and password
     * @param ref a branch, a tag or a commit; null for what the repository says
     * @param secret the name of a secret with {@code user:password}, or a token alone
     */
    @Schema(name = "GitRequest")
    public record GitRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String url,

            @Nullable String ref,
            @Nullable String secret) {}

    /**
     * Run in the container again and again; ends with status 0 if all is well.
     *
     * @param command of a shell; not for secrets
     * @param interval ISO 8601, {@code PT30S} unless told otherwise
     * @param timeout ISO 8601, {@code PT10S} unless told otherwise
     * @param retries failures in a row after which it is unhealthy, 3 unless told otherwise
     * @param startPeriod ISO 8601, in which failures do not count until one check has passed; none unless told otherwise
     * @param restart whether an unhealthy container is started again
     */
    @Schema(name = "HealthCheckRequest")
    public record HealthCheckRequest(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
            String command,

            @Nullable String interval,
            @Nullable String timeout,
            @Nullable Integer retries,
            @Nullable String startPeriod,
            @Nullable Boolean restart) {}

    /** The form in which this workspace could have been sent: what a patch is applied to. */
    static WorkspaceRequest of(Workspace w) {
        var spec = w.spec();
        var resources = spec.resources();
        return new WorkspaceRequest(
                spec.name().value(),
                w.image().name().value(),
                new ResourcesRequest(resources.cpuMillis() / 1000.0, resources.memoryBytes(), resources.gpus()),
                new LinkedHashMap<>(spec.env()),
                spec.secrets().stream().map(ref -> ref.name().value()).toList(),
                secretEnv(spec.secretEnv()),
                spec.volumes().stream().map(WorkspaceRequest::of).toList(),
                spec.apps().stream().map(WorkspaceRequest::of).toList(),
                spec.git() == null ? null : of(spec.git()),
                spec.healthCheck() == null ? null : of(spec.healthCheck()),
                w.host().name().value(),
                switch (w.desired()) {
                    case RUNNING -> "running";
                    case STOPPED -> "stopped";
                },
                spec.autoStop() == null ? null : spec.autoStop().toString());
    }

    private static VolumeRequest of(VolumeMount mount) {
        return new VolumeRequest(
                mount.name().value(), mount.mountPath().value(), mount.volume().value());
    }

    private static LinkedHashMap<String, @Nullable String> secretEnv(Map<String, SecretRef> secrets) {
        var names = new LinkedHashMap<String, @Nullable String>();
        secrets.forEach((variable, secret) -> names.put(variable, secret.name().value()));
        return names;
    }

    private static HealthCheckRequest of(HealthCheck check) {
        return new HealthCheckRequest(
                check.command(),
                check.interval().toString(),
                check.timeout().toString(),
                check.retries(),
                check.startPeriod().toString(),
                check.restart());
    }

    private static GitRequest of(GitSource git) {
        var secret = git.secret();
        return new GitRequest(
                git.url(), git.ref(), secret == null ? null : secret.name().value());
    }

    private static AppRequest of(App app) {
        return new AppRequest(app.name().value(), app.port(), word(app.visibility()));
    }

    static String word(Visibility visibility) {
        return switch (visibility) {
            case OWNER -> "owner";
            case GRANTED -> "granted";
            case SIGNED_IN -> "signed-in";
            case PUBLIC -> "public";
        };
    }

    static Desired desired(String word) {
        return switch (word) {
            case "running" -> Desired.RUNNING;
            case "stopped" -> Desired.STOPPED;
            default -> throw new IllegalArgumentException("must be running or stopped");
        };
    }

    static Visibility visibility(String word) {
        for (Visibility visibility : Visibility.values()) {
            if (word(visibility).equals(word)) {
                return visibility;
            }
        }
        throw new IllegalArgumentException("must be owner, granted, signed-in or public");
    }
}
