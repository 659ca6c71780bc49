package dev.trailer.domain.host;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trailer.domain.Resources;
import org.jspecify.annotations.Nullable;

/**
 * What a host can carry and with what.
 *
 * @param resources what workspaces may use together
 * @param gpus which GPUs; null where nothing could tell of any, and in what was stored before they were looked for
 */
public record Capability(
        Resources resources,
        String engine,
        String engineVersion,
        String apiVersion,
        String os,
        String architecture,
        String agentVersion,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable GpuInventory gpus) {

    /** Of a host without GPUs to tell of. */
    public Capability(
            Resources resources,
            String engine,
            String engineVersion,
            String apiVersion,
            String os,
            String architecture,
            String agentVersion) {
        this(resources, engine, engineVersion, apiVersion, os, architecture, agentVersion, null);
    }
}
