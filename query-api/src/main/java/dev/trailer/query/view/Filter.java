package dev.trailer.query.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conditions on a view's columns that must all hold. One request, one thread. */
public final class Filter {
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param condition SQL of ours, with named parameters for everything that came from outside */
    public Filter and(String condition) {
        conditions.add("(" + condition + ")");
        return this;
    }

    public Filter with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    public Filter equal(String column, String value) {
        return and(column + " = :" + column).with(column, value);
    }

    /** SQL for {@code where}. */
    public String sql() {
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    public Map<String, Object> values() {
        return values;
    }
}
