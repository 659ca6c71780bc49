package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a workspace's health check says of it. */
public enum Health {
    /** No check has passed since its container started, and not enough have failed. */
    @JsonProperty("starting")
    STARTING,
    @JsonProperty("healthy")
    HEALTHY,
    /** Its checks fail; the reason has the words. */
    @JsonProperty("unhealthy")
    UNHEALTHY
}
