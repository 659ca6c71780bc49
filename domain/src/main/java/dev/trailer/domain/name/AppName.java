package dev.trailer.domain.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An app's name, unique within its workspace. */
public record AppName(@JsonValue String value) {
    public static final int MAX_LENGTH = 15;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AppName {
        DnsLabels.require("an app's name", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
