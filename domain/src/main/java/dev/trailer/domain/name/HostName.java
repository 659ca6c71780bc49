package dev.trailer.domain.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A host's name, unique in an installation. */
public record HostName(@JsonValue String value) {
    public static final int MAX_LENGTH = 40;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HostName {
        DnsLabels.require("a host's name", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
