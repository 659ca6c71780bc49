package dev.trailer.agent.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What an agent sees of one workspace that it was told of.
 *
 * @param generation of the desired state that it acts on
 * @param container the engine's id, null if there is none
 */
public record WorkspaceReport(
        String workspace,
        long generation,
        Phase phase,
        @Nullable Cause cause,
        @Nullable String container) {}
