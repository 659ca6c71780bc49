package dev.trailer.agent.service.engine;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Names;
import dev.trailer.agent.protocol.Labels;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the engine's volumes take, as it tells of its disk's usage. */
final class DockerSizes {
    /** Engines before 23 know no {@code type}, and look at images and containers too. */
    static final String PATH = "/system/df?type=volume";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DockerSizes() {}

    static Map<String, Long> read(InputStream body, Identity us) throws IOException {
        try {
            return of(JSON.readTree(body), us);
        } catch (JacksonException e) {
            throw new IOException("a disk's usage that is no JSON", e);
        }
    }

    private static Map<String, Long> of(JsonNode usage, Identity us) {
        var sizes = new HashMap<String, Long>();
        for (var volume : usage.path("Volumes")) {
            var labels = new HashMap<String, String>();
            volume.path("Labels")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asString("")));
            var id = labels.get(Labels.VOLUME);
            // The engine says -1 where it did not look.
            long bytes = volume.at("/UsageData/Size").asLong(-1);
            boolean isIt = id != null
                    && us.owns(labels)
                    && Names.volume(id).equals(volume.path("Name").asString(""));
            if (id != null && isIt && bytes >= 0) {
                sizes.put(id, bytes);
            }
        }
        return sizes;
    }
}
