package dev.trailer.domain.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A volume's name, unique within its workspace. */
public record VolumeName(@JsonValue String value) {
    public static final int MAX_LENGTH = 32;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public VolumeName {
        DnsLabels.require("a volume's name", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
