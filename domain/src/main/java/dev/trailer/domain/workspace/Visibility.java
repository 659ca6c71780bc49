package dev.trailer.domain.workspace;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Who may open an app's URL. */
public enum Visibility {
    @JsonProperty("owner")
    OWNER,
    @JsonProperty("granted")
    GRANTED,
    @JsonProperty("signed-in")
    SIGNED_IN,
    @JsonProperty("public")
    PUBLIC
}
