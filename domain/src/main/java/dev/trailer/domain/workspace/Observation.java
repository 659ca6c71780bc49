package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trailer.domain.reason.Reason.Observed;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a host saw of a workspace.
 *
 * @param generation the intent that the host was acting on
 * @param container the engine's id, null if there is none
 * @param gpus the UUIDs of those that its container was made with
 * @param health null while it does not run, and where neither it nor its image has a health check
 */
public record Observation(
        Phase phase,
        long generation,
        @Nullable Observed reason,
        @Nullable String container,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> gpus,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Health health) {

    public Observation {
        // Absent in what was stored before there were any.
        gpus = gpus == null ? List.of() : List.copyOf(gpus);
    }

    /** Of a workspace without a health check. */
    public Observation(
            Phase phase, long generation, @Nullable Observed reason, @Nullable String container, List<String> gpus) {
        this(phase, generation, reason, container, gpus, null);
    }

    /** Of a workspace without GPUs. */
    public Observation(Phase phase, long generation, @Nullable Observed reason, @Nullable String container) {
        this(phase, generation, reason, container, List.of());
    }
}
