package dev.trailer.domain.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.trailer.domain.Identifiers;

/** Identifies a person (or machine account); the only thing about them that events hold. */
public record AccountId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public AccountId {
        Identifiers.requireUuid("an account id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
