package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.DockerClient;
import dev.trailer.agent.protocol.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Health checks of images, which the agent runs and the engine does not. */
final class DockerHealth {
    /** What the engine understands as none at all. */
    static final com.github.dockerjava.api.model.HealthCheck NONE =
            new com.github.dockerjava.api.model.HealthCheck().withTest(List.of("NONE"));

    /** As an engine has them where an image leaves them out. */
    private static final Duration USUAL = Duration.ofSeconds(30);

    private static final int USUAL_RETRIES = 3;

    private DockerHealth() {}

    static Optional<HealthCheck> of(DockerClient docker, String container) {
        String image = docker.inspectContainerCmd(container).exec().getImageId();
        var config = image == null ? null : docker.inspectImageCmd(image).exec().getConfig();
        return config == null ? Optional.empty() : translated(config.getHealthcheck());
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
