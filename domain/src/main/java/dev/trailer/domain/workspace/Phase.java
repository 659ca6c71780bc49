package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What was last seen of a workspace on its host. */
public enum Phase {
    /** Nothing was reported yet. */
    @JsonProperty("pending")
    PENDING,
    /** Its image, network, volumes or container are being made. */
    @JsonProperty("preparing")
    PREPARING,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("stopping")
    STOPPING,
    @JsonProperty("stopped")
    STOPPED,
    /** It should run and does not; the reason says why, and the host keeps trying. */
    @JsonProperty("failed")
    FAILED,
    /** Its host has not been heard from. */
    @JsonProperty("unknown")
    UNKNOWN
}
