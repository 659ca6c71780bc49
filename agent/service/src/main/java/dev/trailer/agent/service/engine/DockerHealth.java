package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.DockerClient;
import dev.trailer.agent.protocol.HealthCheck;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Health checks of images, which the agent runs and the engine does not. */
final class DockerHealth {
    /** What the engine understands as none at all. */
    static final com.github.dockerjava.api.model.HealthCheck NONE =
            new com.github.dockerjava.api.model.HealthCheck().withTest(List.of("NONE"));

    /** As an engine has them where an image leaves them out. */
    private static final Duration USUAL = Duration.ofSeconds(30);

    private static final int USUAL_RETRIES = 3;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DockerHealth() {}

    static Optional<HealthCheck> of(DockerClient docker, String image) {
        var config = docker.inspectImageCmd(image).exec().getConfig();
        return config == null ? Optional.empty() : translated(config.getHealthcheck());
    }

    /** Podman leaves an image's check out of what it answers as Docker would; in its own words it is there. */
    static String podmanPath(String image) {
        return "/libpod/images/" + image + "/json";
    }

    static Optional<HealthCheck> ofPodman(InputStream body) throws IOException {
        try {
            var own = JSON.readTree(body).path("Healthcheck");
            return translated(new com.github.dockerjava.api.model.HealthCheck()
                    .withTest(own.path("Test")
                            .valueStream()
                            .map(JsonNode::asString)
                            .toList())
                    .withInterval(own.path("Interval").asLong(0))
                    .withTimeout(own.path("Timeout").asLong(0))
                    .withRetries(own.path("Retries").asInt(0))
                    .withStartPeriod(own.path("StartPeriod").asLong(0)));
        } catch (JacksonException e) {
            throw new IOException("an image that is told of in no JSON", e);
        }
    }

    static Optional<HealthCheck> translated(com.github.dockerjava.api.model.@Nullable HealthCheck own) {
        List<String> test = own == null ? null : own.getTest();
        if (own == null || test == null || test.size() < 2) {
            return Optional.empty();
        }
        List<String> words = test.subList(1, test.size());
        List<String> command =
                switch (test.getFirst()) {
                    case "CMD" -> words;
                    case "CMD-SHELL" -> List.of("/bin/sh", "-c", String.join(" ", words));
                    default -> List.of();
                };
        if (command.isEmpty()) {
            return Optional.empty();
        }
        Integer retries = own.getRetries();
        return Optional.of(new HealthCheck(
                command,
                millis(own.getInterval(), USUAL),
                millis(own.getTimeout(), USUAL),
                retries == null || retries < 1 ? USUAL_RETRIES : retries,
                millis(own.getStartPeriod(), Duration.ZERO),
                false));
    }

    private static long millis(@Nullable Long nanos, Duration usual) {
        return nanos == null || nanos <= 0
                ? usual.toMillis()
                : Duration.ofNanos(nanos).toMillis();
    }
}
