package dev.trailer.api;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Subject;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An event as read: who did what to what, when, in which order. */
@Schema(name = "Fact")
public record FactView(
        long position,
        String id,
        String type,
        Instant at,
        ActorView actor,
        ResourceView resource,
        String commandId,
        String correlationId,
        @Nullable String causationId,
        @Nullable String traceId,

        @Schema(type = "object", description = "The event as recorded.")
        DomainEvent data) {

    /** @param name a person's handle, a host's name, a policy's name */
    @Schema(name = "FactActor")
    public record ActorView(Actor.Kind kind, String id, String name) {}

    /** @param name null where it is not known */
    @Schema(name = "FactResource")
    public record ResourceView(
            Subject.Kind kind, String id, @Nullable String name) {}
}
