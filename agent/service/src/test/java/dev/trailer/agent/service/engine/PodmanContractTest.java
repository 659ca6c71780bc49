package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Where {@code infra/verify}, or somebody, has started Podman's service and says by {@code TRAILER_PODMAN} where it answers. */
class PodmanContractTest extends RealEngineContractTest {
    @Override
    protected RealDocker machine() throws IOException {
        return RealDocker.podmanOrSkip();
    }

    @Override
    protected String kind() {
        return "podman";
    }

    /** Its monitor does not notice with control groups of version 1. */
    @Override
    protected boolean tellsOutOfMemory() {
        return Files.exists(Path.of("/sys/fs/cgroup/cgroup.controllers"));
    }

    @Test
    void a_network_stays_while_a_stopped_container_is_on_it() {
        buildImage();
        String container = running();
        engine.stopContainer(container, SHORT_GRACE);
        String network = ourNetworks().getFirst().id();
        assertThatThrownBy(() -> engine.removeNetwork(network)).isInstanceOf(EngineException.class);
        engine.removeContainer(container);
        engine.removeNetwork(network);
        assertThat(ourNetworks()).isEmpty();
    }
}
