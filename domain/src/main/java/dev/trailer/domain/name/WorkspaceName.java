package dev.trailer.domain.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A workspace's name, unique per owner. */
public record WorkspaceName(@JsonValue String value) {
    public static final int MAX_LENGTH = 24;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WorkspaceName {
        DnsLabels.require("a workspace's name", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
