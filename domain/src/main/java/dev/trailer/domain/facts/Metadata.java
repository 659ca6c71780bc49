package dev.trailer.domain.facts;

import org.jspecify.annotations.Nullable;

/**
 * What is kept beside every event.
 *
 * @param commandId the command that caused it; source addresses are kept by it, erasable, elsewhere
 * @param correlationId the same over everything that one request or report led to
 * @param causationId the event that a policy reacted to, null where a person or an agent began
 * @param traceId W3C trace id of the request, null if there was none
 */
public record Metadata(
        Actor actor,
        String commandId,
        String correlationId,
        @Nullable String causationId,
        @Nullable String traceId) {}
