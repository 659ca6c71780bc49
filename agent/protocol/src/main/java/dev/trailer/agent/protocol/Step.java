package dev.trailer.agent.protocol;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an agent does on an engine, one at a time for each workspace. */
public enum Step {
    @JsonProperty("fetch-image")
    FETCH_IMAGE,
    @JsonProperty("build-image")
    BUILD_IMAGE,
    @JsonProperty("pull-image")
    PULL_IMAGE,
    @JsonProperty("create-network")
    CREATE_NETWORK,
    @JsonProperty("create-volume")
    CREATE_VOLUME,
    @JsonProperty("copy-volume")
    COPY_VOLUME,
    @JsonProperty("create-container")
    CREATE_CONTAINER,
    @JsonProperty("start-container")
    START_CONTAINER,
    @JsonProperty("give-secrets")
    GIVE_SECRETS,
    @JsonProperty("clone-repository")
    CLONE_REPOSITORY,
    @JsonProperty("stop-container")
    STOP_CONTAINER,
    @JsonProperty("remove-container")
    REMOVE_CONTAINER,
    @JsonProperty("remove-network")
    REMOVE_NETWORK,
    @JsonProperty("remove-volume")
    REMOVE_VOLUME,
    @JsonProperty("remove-image")
    REMOVE_IMAGE
}
