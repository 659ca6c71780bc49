package dev.trailer.domain.reason;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is wrong with a host's GPUs, or with those that a workspace should have. */
public enum GpuTrouble {
    @JsonProperty("driver-failed")
    DRIVER_FAILED("The driver of the host's GPUs does not work."),
    @JsonProperty("timed-out")
    TIMED_OUT("The host's nvidia-smi does not end, so nothing is known of its GPUs."),
    @JsonProperty("unreadable")
    UNREADABLE("The host's nvidia-smi says what cannot be understood."),
    @JsonProperty("incomplete")
    INCOMPLETE("Not all of the host's GPUs answer; those that do are offered."),
    @JsonProperty("none-free")
    NONE_FREE("All of the host's GPUs are in other containers."),
    @JsonProperty("gone")
    GONE("A GPU that the container was made with is not there any more."),
    @JsonProperty("in-use")
    IN_USE("A GPU that the container was made with was given to another workspace while this one was stopped.");

    private final String words;

    GpuTrouble(String words) {
        this.words = words;
    }

    /** A sentence of its own. */
    public String words() {
        return words;
    }
}
