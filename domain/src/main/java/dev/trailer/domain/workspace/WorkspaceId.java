package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.trailer.domain.Identifiers;

/** Identifies a workspace for ever; never used again. */
public record WorkspaceId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WorkspaceId {
        Identifiers.requireUuid("a workspace id", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
