package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trailer.domain.Resources;
import dev.trailer.domain.name.WorkspaceName;
import dev.trailer.domain.secret.SecretRef;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace should be, apart from its image and host. A typed allow-list: there is no field through which Docker
 * options could pass.
 *
 * @param env environment, in the order given; not for secrets
 * @param autoStop stop this long after each start; null for never
 * @param secrets given as files of these names
 * @param secretEnv given as environment, by the variable's name
 * @param git cloned once, into the first volume; null for nothing
 * @param healthCheck null for the image's own, if it has one
 */
public record WorkspaceSpec(
        WorkspaceName name,
        Resources resources,
        SequencedMap<String, String> env,
        List<VolumeMount> volumes,
        List<App> apps,
        @Nullable Duration autoStop,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<SecretRef> secrets,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) SequencedMap<String, SecretRef> secretEnv,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GitSource git,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable HealthCheck healthCheck) {

    /** Docker refuses less than 6 MiB; a shell with git does not start in less than this. */
    public static final long MIN_MEMORY_BYTES = 16L << 20;
    /** A hundredth of a core, below which the kernel's scheduler period makes a shell unusable. */
    public static final long MIN_CPU_MILLIS = 10;

    public static final long MAX_CPU_MILLIS = 1_024_000;
    public static final long MAX_MEMORY_BYTES = 64L << 40;
    public static final int MAX_GPUS = 64;
    public static final int MAX_ENV = 100;
    public static final int MAX_ENV_VALUE_LENGTH = 32_768;
    public static final int MAX_VOLUMES = 20;
    public static final int MAX_APPS = 20;
    /** Each is an engine's call at each start, and may be 64 KiB of the container's memory. */
    public static final int MAX_SECRETS = 20;

    public static final Duration MIN_AUTO_STOP = Duration.ofMinutes(1);
    public static final Duration MAX_AUTO_STOP = Duration.ofDays(365);

    /** POSIX names; the engine takes more, programs do not. */
    public static final Pattern ENV_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,127}");

    public WorkspaceSpec {
        env = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(env));
        volumes = List.copyOf(volumes);
        apps = List.copyOf(apps);
        // Null in events from before there were secrets.
        secrets = secrets == null ? List.of() : List.copyOf(secrets);
        secretEnv = Collections.unmodifiableSequencedMap(
                secretEnv == null ? new LinkedHashMap<>() : new LinkedHashMap<>(secretEnv));
        requireResources(resources);
        requireAutoStop(autoStop);
        if (env.size() > MAX_ENV || volumes.size() > MAX_VOLUMES || apps.size() > MAX_APPS) {
            throw new IllegalArgumentException("too many environment entries, volumes or apps");
        }
        for (Map.Entry<String, String> entry : env.entrySet()) {
            requireEnv(entry.getKey(), entry.getValue());
        }
        var seen = new HashSet<String>();
        for (VolumeMount mount : volumes) {
            if (!seen.add("name " + mount.name())
                    || !seen.add("path " + mount.mountPath())
                    || !seen.add("id " + mount.volume())) {
                throw new IllegalArgumentException("a volume's name, path and id must be unique within a workspace");
            }
        }
        for (App app : apps) {
            if (!seen.add("app " + app.name())) {
                throw new IllegalArgumentException("an app's name must be unique within a workspace");
            }
        }
        requireSecrets(secrets, secretEnv, env);
        if (git != null && volumes.isEmpty()) {
            throw new IllegalArgumentException("a repository needs a volume to be cloned into");
        }
    }

    /** One without a health check of its own. */
    public WorkspaceSpec(
            WorkspaceName name,
            Resources resources,
            SequencedMap<String, String> env,
            List<VolumeMount> volumes,
            List<App> apps,
            @Nullable Duration autoStop,
            List<SecretRef> secrets,
            SequencedMap<String, SecretRef> secretEnv,
            @Nullable GitSource git) {
        this(name, resources, env, volumes, apps, autoStop, secrets, secretEnv, git, null);
    }

    /** One without secrets, git and health check. */
    public WorkspaceSpec(
            WorkspaceName name,
            Resources resources,
            SequencedMap<String, String> env,
            List<VolumeMount> volumes,
            List<App> apps,
            @Nullable Duration autoStop) {
        this(name, resources, env, volumes, apps, autoStop, List.of(), new LinkedHashMap<>(), null);
    }

    private static void requireSecrets(
            List<SecretRef> files, SequencedMap<String, SecretRef> variables, SequencedMap<String, String> env) {
        if (files.size() + variables.size() > MAX_SECRETS) {
            throw new IllegalArgumentException("at most " + MAX_SECRETS + " secrets");
        }
        if (files.stream().map(SecretRef::name).distinct().count() < files.size()) {
            throw new IllegalArgumentException("a secret is named once");
        }
        for (String variable : variables.keySet()) {
            requireEnv(variable, "");
            if (env.containsKey(variable)) {
                throw new IllegalArgumentException(variable + " is in env already");
            }
        }
    }

    /** All that it names, each once, whatever for. */
    public Stream<SecretRef> namedSecrets() {
        var named = Stream.concat(secrets.stream(), secretEnv.values().stream());
        return Stream.concat(named, Stream.ofNullable(git == null ? null : git.secret()))
                .distinct();
    }

    /** Where the repository is cloned to; null if there is none. */
    public @Nullable String gitPath() {
        return git == null ? null : volumes.getFirst().mountPath() + "/" + git.directory();
    }

    public static void requireResources(Resources resources) {
        if (resources.memoryBytes() < MIN_MEMORY_BYTES || resources.memoryBytes() > MAX_MEMORY_BYTES) {
            throw new IllegalArgumentException("memory must be 16 MiB (16777216) to 64 TiB");
        }
        if (resources.cpuMillis() < MIN_CPU_MILLIS || resources.cpuMillis() > MAX_CPU_MILLIS) {
            throw new IllegalArgumentException("CPUs must be 0.01 to 1024");
        }
        if (resources.gpus() > MAX_GPUS) {
            throw new IllegalArgumentException("GPUs must be 0 to 64");
        }
    }

    public static void requireEnv(String name, String value) {
        if (!ENV_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "an environment name is a letter or _ followed by at most 127 letters, digits or _");
        }
        if (value.length() > MAX_ENV_VALUE_LENGTH || value.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "an environment value has at most " + MAX_ENV_VALUE_LENGTH + " characters and no NUL");
        }
    }

    public static void requireAutoStop(@Nullable Duration autoStop) {
        if (autoStop != null && (autoStop.compareTo(MIN_AUTO_STOP) < 0 || autoStop.compareTo(MAX_AUTO_STOP) > 0)) {
            throw new IllegalArgumentException("autoStop must be PT1M to P365D (ISO 8601)");
        }
    }

    public WorkspaceSpec with(@Nullable HealthCheck check) {
        return new WorkspaceSpec(name, resources, env, volumes, apps, autoStop, secrets, secretEnv, git, check);
    }

    /** Whether a running container would have to be made anew to go from this to {@code next}. */
    public boolean needsNewContainerFor(WorkspaceSpec next) {
        return !(resources.equals(next.resources)
                && env.equals(next.env)
                && volumes.equals(next.volumes)
                && secrets.equals(next.secrets)
                && secretEnv.equals(next.secretEnv));
    }
}
