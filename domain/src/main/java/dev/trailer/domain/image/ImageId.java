package dev.trailer.domain.image;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.trailer.domain.Identifiers;

/** Identifies an image over all its versions. */
public record ImageId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ImageId {
        Identifiers.requireUuid("an image id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
