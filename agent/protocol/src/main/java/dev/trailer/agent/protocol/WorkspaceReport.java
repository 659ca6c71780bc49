package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent sees of one workspace that it was told of.
 *
 * @param generation of the desired state that it acts on
 * @param container the engine's id, null if there is none
 * @param gpus the UUIDs of those that its container was made with
 * @param health null while it does not run, where it has no health check, and from an agent that is older than these
 */
public record WorkspaceReport(
        String workspace,
        long generation,
        Phase phase,
        @Nullable Cause cause,
        @Nullable String container,
        List<String> gpus,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Health health) {

    public WorkspaceReport {
        // Null from an agent that is older than this.
        gpus = gpus == null ? List.of() : List.copyOf(gpus);
    }

    /** Of a workspace without a health check. */
    public WorkspaceReport(
            String workspace,
            long generation,
            Phase phase,
            @Nullable Cause cause,
            @Nullable String container,
            List<String> gpus) {
        this(workspace, generation, phase, cause, container, gpus, null);
    }

    /** Of a workspace without GPUs. */
    public WorkspaceReport(
            String workspace, long generation, Phase phase, @Nullable Cause cause, @Nullable String container) {
        this(workspace, generation, phase, cause, container, List.of());
    }
}
