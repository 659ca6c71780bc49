package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the health check of a running workspace says. */
public enum Health {
    @JsonProperty("starting")
    STARTING,
    @JsonProperty("healthy")
    HEALTHY,
    @JsonProperty("unhealthy")
    UNHEALTHY
}
