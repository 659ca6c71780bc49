package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is wrong with a host's GPUs, or with those that a workspace should have. */
public enum GpuTrouble {
    /** The driver's own tool says that the driver does not work. */
    @JsonProperty("driver-failed")
    DRIVER_FAILED,
    /** The driver's own tool does not end. */
    @JsonProperty("timed-out")
    TIMED_OUT,
    /** The driver's own tool says what nobody understands. */
    @JsonProperty("unreadable")
    UNREADABLE,
    /** Some GPUs answer, some do not; those that do are offered. */
    @JsonProperty("incomplete")
    INCOMPLETE,
    /** All GPUs are taken by other containers. */
    @JsonProperty("none-free")
    NONE_FREE,
    /** A GPU that the container was made with is not there any more. */
    @JsonProperty("gone")
    GONE,
    /** A GPU that the container was made with was given to another while it was stopped. */
    @JsonProperty("in-use")
    IN_USE
}
