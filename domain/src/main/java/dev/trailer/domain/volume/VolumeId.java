package dev.trailer.domain.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.trailer.domain.Identifiers;

/** Identifies a volume for ever; never used again. */
public record VolumeId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VolumeId {
        Identifiers.requireUuid("a volume id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
