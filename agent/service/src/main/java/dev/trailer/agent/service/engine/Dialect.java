package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.VersionComponent;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What engines that speak Docker's API say differently, as one meaning. Docker tells what went wrong by the status; Podman
 * answers 500 to much of it and tells by its words. Written from what Docker 20.10 and Podman 4.3 answered; the contract
 * test holds every one of these against both.
 */
final class Dialect {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PODMAN_NAME = "Podman Engine";
    /** Podman names in full what Docker leaves short. */
    private static final List<String> DEFAULT_REGISTRIES = List.of("docker.io/library/", "docker.io/", "localhost/");

    private Dialect() {}

    /** Which engines are told apart where the same call means something else. */
    enum Engine {
        DOCKER("docker"),
        PODMAN("podman");

        private final String word;

        Engine(String word) {
            this.word = word;
        }

        /** As it is reported. */
        String word() {
            return word;
        }

        static Engine of(Version version) {
            List<VersionComponent> components = version.getComponents();
            return components != null && components.stream().anyMatch(found -> PODMAN_NAME.equals(found.getName()))
                    ? PODMAN
                    : DOCKER;
        }
    }

    /** The engine's own words out of {@code Status 409: {"message":"…"}}, which Podman writes with more beside it. */
    static String words(DockerException e) {
        String said = String.valueOf(e.getMessage());
        int document = said.indexOf('{');
        if (document < 0) {
            return said;
        }
        try {
            return JSON.readTree(said.substring(document))
                    .path("message")
                    .asString(said)
                    .strip();
        } catch (JacksonException notJson) {
            return said;
        }
    }

    /** Something has the name already: ours, where an answer was lost, or another's. */
    static boolean isNameTaken(DockerException e) {
        return e instanceof ConflictException || says(e, "that name is already in use", "network already exists");
    }

    static boolean isSubnetTaken(DockerException e) {
        return says(e, "overlap", "is already used on the host or by another config");
    }

    private static boolean says(DockerException e, String... words) {
        String said = words(e);
        return List.of(words).stream().anyMatch(said::contains);
    }

    /** A tag as it was given: what we call {@code trailer/base:1} is listed so by Docker and with a registry by Podman. */
    static String shortTag(String tag) {
        return DEFAULT_REGISTRIES.stream()
                .filter(tag::startsWith)
                .findFirst()
                .map(registry -> tag.substring(registry.length()))
                .orElse(tag);
    }
}
