package dev.trailer.agent.service.engine;

import java.util.Map;

/**
 * A container that never runs, and only gives access to the files of one volume, at {@value #PATH}.
 *
 * @param volume name on the engine of a volume of ours
 */
public record HelperSpec(String name, String image, String volume, Map<String, String> labels) {
    public static final String PATH = "/volume";

    public HelperSpec {
        Specs.requireOurs(name);
        Specs.requireOurs(volume);
        labels = Specs.requireLabels(labels);
        if (!image.startsWith("trailer/")) {
            throw new EngineException("refused: image " + image);
        }
    }
}
