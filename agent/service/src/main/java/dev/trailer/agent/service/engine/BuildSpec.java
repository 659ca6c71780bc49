package dev.trailer.agent.service.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** An image to build from a Dockerfile and its context. */
public record BuildSpec(String tag, BuildContext context, Map<String, String> buildArgs, Map<String, String> labels) {
    public BuildSpec {
        if (!tag.startsWith("trailer/")) {
            throw new EngineException("refused: " + tag + " is no image name of ours");
        }
        buildArgs = Collections.unmodifiableMap(new LinkedHashMap<>(buildArgs));
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    }
}
