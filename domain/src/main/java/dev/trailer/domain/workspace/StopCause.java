package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who or what asked a workspace to stop. */
public enum StopCause {
    @JsonProperty("request")
    REQUEST,
    @JsonProperty("auto-stop")
    AUTO_STOP,
    /** Its host is drained. */
    @JsonProperty("drain")
    DRAIN
}
