package dev.trailer.domain.reason;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The steps in which a host makes a workspace or an image true. */
public enum Step {
    @JsonProperty("fetch-image")
    FETCH_IMAGE("get the image's definition"),
    @JsonProperty("build-image")
    BUILD_IMAGE("build the image"),
    @JsonProperty("pull-image")
    PULL_IMAGE("pull the image"),
    @JsonProperty("create-network")
    CREATE_NETWORK("create the network"),
    @JsonProperty("create-volume")
    CREATE_VOLUME("create a volume"),
    @JsonProperty("copy-volume")
    COPY_VOLUME("copy a volume"),
    @JsonProperty("create-container")
    CREATE_CONTAINER("create the container"),
    @JsonProperty("start-container")
    START_CONTAINER("start the container"),
    @JsonProperty("give-secrets")
    GIVE_SECRETS("give it its secrets"),
    @JsonProperty("clone-repository")
    CLONE_REPOSITORY("clone the repository"),
    @JsonProperty("stop-container")
    STOP_CONTAINER("stop the container"),
    @JsonProperty("remove-container")
    REMOVE_CONTAINER("remove the container"),
    @JsonProperty("remove-network")
    REMOVE_NETWORK("remove the network"),
    @JsonProperty("remove-volume")
    REMOVE_VOLUME("remove the volume"),
    @JsonProperty("remove-image")
    REMOVE_IMAGE("remove an image that is not used");

    private final String words;

    Step(String words) {
        this.words = words;
    }

    /** The step as the end of a sentence that begins "could not". */
    public String words() {
        return words;
    }
}
