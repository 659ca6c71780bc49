package dev.trailer.domain.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.trailer.domain.Identifiers;

/** Identifies one sending of an archive to or from a host. */
public record TransferId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public TransferId {
        Identifiers.requireUuid("a transfer id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
