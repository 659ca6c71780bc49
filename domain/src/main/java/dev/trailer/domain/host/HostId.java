package dev.trailer.domain.host;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.trailer.domain.Identifiers;

/** Identifies a host, whatever its agent's process. */
public record HostId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public HostId {
        Identifiers.requireUuid("a host id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
