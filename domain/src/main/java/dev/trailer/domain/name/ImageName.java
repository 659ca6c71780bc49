package dev.trailer.domain.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** An image's name, unique in an installation; on an engine it is {@code trailer/<name>}. */
public record ImageName(@JsonValue String value) {
    public static final int MAX_LENGTH = 40;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ImageName {
        DnsLabels.require("an image's name", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
