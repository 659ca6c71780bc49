package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an agent sees of a workspace. */
public enum Phase {
    @JsonProperty("preparing")
    PREPARING,
    @JsonProperty("running")
    RUNNING,
    @JsonProperty("stopping")
    STOPPING,
    @JsonProperty("stopped")
    STOPPED,
    @JsonProperty("failed")
    FAILED,
    /** Everything of a deleted workspace but its volumes is gone. */
    @JsonProperty("gone")
    GONE
}
