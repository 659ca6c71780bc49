package dev.trailer.command.change;

import dev.trailer.api.JsonBody;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** RFC 7396: what is sent replaces, null removes, objects merge. */
public final class MergePatch {
    public static final String MEDIA_TYPE = "application/merge-patch+json";

    private MergePatch() {}

    /**
     * @param current the resource in the form in which it is sent
     * @throws dev.trailer.domain.reason.Refused with {@code invalid} if the patch, or what it makes, cannot be read
     */
    public static <T> T apply(T current, byte[] patch, Class<T> type) {
        var changes = JsonBody.read(patch, ObjectNode.class);
        return JsonBody.read(merge(JsonBody.tree(current), changes), type);
    }

    private static JsonNode merge(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        var merged = target instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
            } else {
                var before = merged.get(change.getKey());
                merged.set(
                        change.getKey(),
                        merge(before == null ? JsonNodeFactory.instance.nullNode() : before, change.getValue()));
            }
        });
        return merged;
    }
}
