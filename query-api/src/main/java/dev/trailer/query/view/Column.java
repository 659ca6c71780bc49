package dev.trailer.query.view;

import java.util.List;

/**
 * A generated column.
 *
 * @param name of the column
 * @param expression SQL over {@code body}
 */
public record Column(String name, String expression) {
    /** A text found in the body by a path of field names. */
    public static Column text(String name, String... path) {
        var steps = List.of(path);
        var expression = new StringBuilder("body");
        for (var step : steps.subList(0, steps.size() - 1)) {
            expression.append("->'").append(step).append('\'');
        }
        return new Column(
                name,
                expression.append("->>'").append(steps.getLast()).append('\'').toString());
    }
}
