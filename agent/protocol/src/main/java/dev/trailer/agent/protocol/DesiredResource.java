package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that should be true on a host. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DesiredResource.Workspace.class, name = "workspace"),
    @JsonSubTypes.Type(value = DesiredResource.Volume.class, name = "volume"),
    @JsonSubTypes.Type(value = DesiredResource.Build.class, name = "build"),
    @JsonSubTypes.Type(value = DesiredResource.Forget.class, name = "forget"),
})
public sealed interface DesiredResource {
    /** Unique over all kinds: workspace and volume ids are UUIDs, a build's is {@code image/build}. */
    String id();

    /**
     * @param generation counts intent; reports name it
     * @param containerGeneration the generation whose container should exist; a container of an older one is replaced
     * @param secrets given as files; their values are fetched when they are needed
     * @param secretEnv given as environment: variable to the secret's id
     * @param git cloned once; null for nothing
     * @param healthCheck null for the image's own, if it has one
     * @param power whether it should run, be stopped, or be removed (its volumes stay)
     */
    record Workspace(
            String id,
            String name,
            long generation,
            long containerGeneration,
            Power power,
            ImageRef image,
            long cpuMillis,
            long memoryBytes,
            int gpus,
            Map<String, String> env,
            List<Mount> mounts,
            List<SecretFile> secrets,
            Map<String, String> secretEnv,
            @Nullable Git git,
            @Nullable HealthCheck healthCheck)
            implements DesiredResource {
        public Workspace {
            env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
            mounts = List.copyOf(mounts);
            // Null from a server that is older than these.
            secrets = secrets == null ? List.of() : List.copyOf(secrets);
            secretEnv = secretEnv == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(secretEnv));
        }

        /** One without a health check of its own. */
        public Workspace(
                String id,
                String name,
                long generation,
                long containerGeneration,
                Power power,
                ImageRef image,
                long cpuMillis,
                long memoryBytes,
                int gpus,
                Map<String, String> env,
                List<Mount> mounts,
                List<SecretFile> secrets,
                Map<String, String> secretEnv,
                @Nullable Git git) {
            this(
                    id,
                    name,
                    generation,
                    containerGeneration,
                    power,
                    image,
                    cpuMillis,
                    memoryBytes,
                    gpus,
                    env,
                    mounts,
                    secrets,
                    secretEnv,
                    git,
                    null);
        }

        /** One without secrets, git and health check. */
        public Workspace(
                String id,
                String name,
                long generation,
                long containerGeneration,
                Power power,
                ImageRef image,
                long cpuMillis,
                long memoryBytes,
                int gpus,
                Map<String, String> env,
                List<Mount> mounts) {
            this(
                    id,
                    name,
                    generation,
                    containerGeneration,
                    power,
                    image,
                    cpuMillis,
                    memoryBytes,
                    gpus,
                    env,
                    mounts,
                    List.of(),
                    Map.of(),
                    null);
        }
    }

    /**
     * @param remove true: somebody asked explicitly for its data to be deleted
     * @param copyOf the volume whose data it is to be filled with before anything uses it; null once it is, or for none
     */
    record Volume(String id, boolean remove, @Nullable String copyOf) implements DesiredResource {
        public Volume(String id, boolean remove) {
            this(id, remove, null);
        }
    }

    /**
     * Build the image version now, even if nothing needs it yet, and report on it until told to forget: once forgotten, what
     * nobody else needs is left off.
     *
     * @param noCache each step anew, also where the image is there; null from a server that is older than this
     */
    record Build(
            String id, int build, ImageRef image, @Nullable Boolean noCache) implements DesiredResource {
        /** From cache. */
        public Build(String id, int build, ImageRef image) {
            this(id, build, image, null);
        }

        /** The number that the image must at least be labelled with; 0 if any of its version will do. */
        public int anewSince() {
            return Boolean.TRUE.equals(noCache) ? build : 0;
        }
    }

    /** The server has recorded that this is gone or done: no more reports on it are needed. */
    record Forget(String id) implements DesiredResource {}

    enum Power {
        RUNNING,
        STOPPED,
        REMOVED
    }

    /** @param id the image's id; on the engine it is {@code trailer/<name>:<version>} */
    record ImageRef(String id, String name, int version) {}

    record Mount(String volume, String path) {}

    /**
     * @param secret its id
     * @param file its name in {@link Paths#SECRET_FILES}
     */
    record SecretFile(String secret, String file) {}

    /**
     * A repository.
     *
     * @param ref null for what the repository says
     * @param path the directory it is cloned to, on a volume; whatever is there already stays
     * @param secret the id of the credential, null where none is needed
     */
    record Git(
            String url,
            @Nullable String ref,
            String path,
            @Nullable String secret) {}
}
