package dev.trailer.domain.image;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.trailer.domain.reason.Reason;

/** How far a build has come on its host. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = BuildOutcome.Building.class, name = "building"),
    @JsonSubTypes.Type(value = BuildOutcome.Succeeded.class, name = "succeeded"),
    @JsonSubTypes.Type(value = BuildOutcome.Failed.class, name = "failed"),
})
public sealed interface BuildOutcome {
    record Building() implements BuildOutcome {}

    /**
     * @param digest the engine's id of the image
     * @param sizeBytes as the engine counts it
     */
    record Succeeded(String digest, long sizeBytes) implements BuildOutcome {}

    record Failed(Reason.Observed reason) implements BuildOutcome {}
}
