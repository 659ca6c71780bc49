package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.agent.plan.Identity;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A socket that takes connections and never answers, as that of a paused engine does. */
class HangingEngineTest {
    private static final Duration SECONDS = Duration.ofSeconds(15);

    @Test
    void it_is_down_within_seconds_whatever_it_is_asked(@TempDir Path folder) throws IOException {
        var socket = folder.resolve("docker.sock");
        try (var hanging = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                var engine = new DockerEngine("unix://" + socket)) {
            hanging.bind(UnixDomainSocketAddress.of(socket));
            long begun = System.nanoTime();
            assertThatThrownBy(engine::ping).isInstanceOf(EngineDownException.class);
            assertThatThrownBy(() -> engine.observe(new Identity("install", "host")))
                    .isInstanceOf(EngineDownException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SECONDS);
        }
    }
}
