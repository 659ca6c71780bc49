package dev.trailer.query.view;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A column taken out of the body for searching. Here and not by the database: that takes each body apart once for every
 * column, which costs it more than all the rest of a write.
 *
 * @param name of the column
 * @param path the names of fields that lead to a text in the body
 */
public record Column(String name, List<String> path) {
    public static Column text(String name, String... path) {
        return new Column(name, List.of(path));
    }

    /** Null where the body has no such thing. */
    @Nullable
    String of(JsonNode body) {
        var at = body;
        for (var step : path) {
            at = at.path(step);
        }
        return at.isMissingNode() || at.isNull() ? null : at.asString();
    }
}
