package dev.trailer.agent.service.engine;

import dev.trailer.agent.protocol.PlainDockerfile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image to build from a Dockerfile and its context.
 *
 * @param noCache do each step anew
 * @param login for the registry of images that are not there yet; null where none asks
 */
public record BuildSpec(
        String tag,
        BuildContext context,
        Map<String, String> buildArgs,
        Map<String, String> labels,
        boolean noCache,
        @Nullable RegistryLogin login) {
    /** Of what anybody may pull. */
    public BuildSpec(
            String tag,
            BuildContext context,
            Map<String, String> buildArgs,
            Map<String, String> labels,
            boolean noCache) {
        this(tag, context, buildArgs, labels, noCache, null);
    }

    public BuildSpec {
        Specs.requireImage(tag);
        buildArgs.keySet().forEach(name -> PlainDockerfile.argumentRefusal(name).ifPresent(words -> {
            throw new EngineException("refused: the build argument " + name + " " + words);
        }));
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}
