package dev.trailer.domain.secret;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.trailer.domain.Identifiers;

/** Identifies a secret for ever; never used again, also not for another one of the same name. */
public record SecretId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SecretId {
        Identifiers.requireUuid("a secret id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
