package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether a workspace should be running. */
public enum Desired {
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("stopped")
    STOPPED
}
