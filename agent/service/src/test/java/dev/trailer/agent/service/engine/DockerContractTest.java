package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DockerContractTest extends RealEngineContractTest {
    @Override
    protected RealDocker machine() throws IOException {
        return RealDocker.orSkip();
    }

    @Override
    protected String kind() {
        return "docker";
    }

    @Test
    void logs_are_rotated_and_the_network_is_the_workspaces_own() {
        buildImage();
        var config = docker.inspect(running()).getHostConfig();
        assertThat(config.getLogConfig().getConfig()).containsEntry("max-size", "10m");
        assertThat(config.getLogConfig().getConfig()).containsEntry("max-file", "3");
        assertThat(config.getNetworkMode()).isEqualTo(name);
    }

    /** Podman does not hide it with control groups of version 1. */
    @Test
    void where_it_is_in_the_hosts_tree_of_control_groups_is_not_seen_inside() {
        buildImage();
        String container = running();
        assertThat(docker.run(container, "cat", "/proc/1/cgroup")).doesNotContain(container);
    }

    /** Podman 4.3 does not tell once a container is made of an image without layers. */
    @Test
    void what_our_volumes_take_can_be_seen() {
        buildImage();
        var spec = new VolumeSpec(volume, labels(Labels.VOLUME, "v-" + id));
        engine.createVolume(spec);
        String container = running(new ContainerSpec.Mount(volume, "/data"));
        docker.run(container, "sh", "-c", "dd if=/dev/zero of=/data/file bs=1024 count=300");
        assertThat(engine.volumeSizes(us)).containsOnlyKeys("v-" + id);
        assertThat(engine.volumeSizes(us).get("v-" + id)).isBetween(300L << 10, 400L << 10);
        assertThat(engine.volumeSizes(new Identity(us.install(), "another"))).isEmpty();
        engine.stopContainer(container, SHORT_GRACE);
        engine.removeContainer(container);
        engine.removeVolume(spec);
    }

    @Test
    void a_build_takes_what_is_there_unless_it_is_told_to_do_each_step_anew() {
        String dockerfile = "FROM " + base + "\nRUN echo " + id + " > /once\n";
        build(image, dockerfile, Map.of(), Map.of());
        assertThat(build(image, dockerfile, Map.of(), Map.of())).anyMatch(line -> line.contains("Using cache"));
        assertThat(build(spec(image, dockerfile, Map.of(), Map.of(), true)))
                .noneMatch(line -> line.contains("Using cache"));
    }

    @Test
    void a_build_that_is_interrupted_leaves_off_and_tags_nothing() throws InterruptedException {
        String dockerfile = "FROM " + base + "\nRUN sleep 3600 #" + id + "\n";
        var begun = new CountDownLatch(1);
        var failure = new AtomicReference<Throwable>();
        var thread = Thread.ofVirtual().start(() -> {
            try {
                engine.build(spec(image, dockerfile, Map.of(), Map.of(), false), line -> {
                    if (line.contains("Running in")) {
                        begun.countDown();
                    }
                });
            } catch (EngineException e) {
                failure.set(e);
            }
        });
        assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
        thread.interrupt();
        assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        assertThat(failure.get()).hasMessageContaining("interrupted");
        await().atMost(Duration.ofSeconds(60)).until(() -> docker.client().listContainersCmd().exec().stream()
                .noneMatch(container -> container.getCommand().contains(id)));
        assertThat(engine.hasImage(image)).isFalse();
    }

    /** Podman keeps a network for as long as there is a container on it, also one that is stopped. */
    @Test
    void a_container_can_be_started_after_its_network_was_made_anew() {
        buildImage();
        String container = running();
        engine.stopContainer(container, SHORT_GRACE);
        engine.removeNetwork(ourNetworks().getFirst().id());
        makeNetwork(net("48/28"));
        engine.startContainer(container);
        assertThat(observed().status()).isEqualTo(Status.RUNNING);
    }
}
