package dev.trailer.domain.name;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A secret's name, unique among its owner's; also the name of the file that a workspace gets it in. */
public record SecretName(@JsonValue String value) {
    public static final int MAX_LENGTH = 40;

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SecretName {
        DnsLabels.require("a secret's name", value, MAX_LENGTH);
    }

    @Override
    public String toString() {
        return value;
    }
}
