package dev.trailer.agent.service.engine;

import dev.trailer.agent.protocol.Labels;
import java.util.Map;
import java.util.regex.Pattern;

/** What every spec checks, so that nothing without our name and labels is ever made. */
final class Specs {
    private static final Pattern OURS = Pattern.compile("trailer-[a-z0-9-]{1,80}");

    private static final Pattern IMAGE = Pattern.compile("trailer/[a-z0-9][a-z0-9-]{0,80}:[0-9]{1,10}");

    private Specs() {}

    /** A name of ours can be no host path, no other's volume, no engine mode such as {@code host}. */
    static String requireOurs(String name) {
        if (!OURS.matcher(name).matches()) {
            throw new EngineException("refused: " + name + " is no name of ours");
        }
        return name;
    }

    /** An image of ours, by name and version: never another's, and never one by digest or from a registry. */
    static String requireImage(String image) {
        if (!IMAGE.matcher(image).matches()) {
            throw new EngineException("refused: " + image + " is no image name of ours");
        }
        return image;
    }

    static Map<String, String> requireLabels(Map<String, String> labels) {
        if (!labels.containsKey(Labels.INSTALL) || !labels.containsKey(Labels.HOST)) {
            throw new EngineException("refused: without our labels");
        }
        return Map.copyOf(labels);
    }
}
