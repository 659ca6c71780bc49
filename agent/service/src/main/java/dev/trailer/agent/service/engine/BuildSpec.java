package dev.trailer.agent.service.engine;

import dev.trailer.agent.protocol.PlainDockerfile;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An image to build from a Dockerfile and its context.
 *
 * @param noCache do each step anew
 */
public record BuildSpec(
        String tag, BuildContext context, Map<String, String> buildArgs, Map<String, String> labels, boolean noCache) {
    public BuildSpec {
        Specs.requireImage(tag);
        buildArgs.keySet().forEach(name -> PlainDockerfile.argumentRefusal(name).ifPresent(words -> {
            throw new EngineException("refused: the build argument " + name + " " + words);
        }));
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}
