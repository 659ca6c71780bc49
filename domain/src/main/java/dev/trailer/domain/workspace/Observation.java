package dev.trailer.domain.workspace;

import dev.trailer.domain.reason.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What a host saw of a workspace.
 *
 * @param generation the intent that the host was acting on
 * @param container the engine's id, null if there is none
 */
public record Observation(
        Phase phase,
        long generation,
        Reason.@Nullable Observed reason,
        @Nullable String container) {}
