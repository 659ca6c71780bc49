package dev.trailer.domain.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An owner's name in workspace URLs. */
public record Handle(@JsonValue String value) {
    public static final int MAX_LENGTH = 20;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Handle {
        DnsLabels.require("a handle", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
