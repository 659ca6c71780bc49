package dev.trailer.agent.service.engine;

import java.net.URI;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Where an engine listens. */
sealed interface EngineAddress {
    /** On this machine. */
    record Unix(Path socket) implements EngineAddress {}

    /** @param tls null for none, which is for loopback */
    record Tcp(String host, int port, @Nullable SSLContext tls) implements EngineAddress {}

    /**
     * @param host as {@code DOCKER_HOST} has it, {@code unix:///path} or {@code tcp://host:port}
     * @param tls by which the latter is spoken to; null for none
     */
    static EngineAddress of(String host, @Nullable SSLContext tls) {
        var uri = URI.create(host);
        return switch (uri.getScheme()) {
            case "unix" -> new Unix(Path.of(uri.getPath()));
            case "tcp", "http", "https" -> new Tcp(uri.getHost(), uri.getPort(), tls);
            case null, default ->
                throw new IllegalArgumentException(
                        "the engine's address must be unix:///path or tcp://host:port, not " + host);
        };
    }
}
