package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
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

    /** This machine's engine has no runtime for GPUs, as most have not: what it is asked can be seen, what it does not. */
    @Test
    void allotted_gpus_are_asked_of_the_engine_by_name_and_seen_in_the_container() {
        buildImage();
        makeNetwork(net("16/28"));
        var gpus = List.of("GPU-5d5ba0d6-d33d-2b2c-524d-9e3d8d2b8a77", "MIG-c6d4f1ef-42e4-5de3-91c7-45d71c87eb3f");
        var labels = labels(Labels.WORKSPACE, id);
        labels.put(Labels.GPUS, "2");
        var plain = spec();
        var spec = new ContainerSpec(
                plain.name(),
                plain.hostname(),
                plain.image(),
                plain.network(),
                plain.cpuMillis(),
                plain.memoryBytes(),
                Map.of("NVIDIA_VISIBLE_DEVICES", "all"),
                plain.mounts(),
                labels,
                false,
                gpus);
        String container = engine.createContainer(spec);
        assertThat(engine.createContainer(spec)).as("made twice").isEqualTo(container);
        var requests = docker.inspect(container).getHostConfig().getDeviceRequests();
        assertThat(requests).hasSize(1);
        assertThat(requests.getFirst().getDriver()).isEqualTo("nvidia");
        assertThat(requests.getFirst().getDeviceIds()).isEqualTo(gpus);
        assertThat(requests.getFirst().getCapabilities()).isEqualTo(List.of(List.of("gpu")));
        assertThat(requests.getFirst().getCount()).isIn(null, 0);
        assertThat(docker.inspect(container).getConfig().getEnv())
                .as("what would give all of them")
                .noneMatch(variable -> variable.startsWith("NVIDIA_VISIBLE_DEVICES"));
        assertThat(observed().gpus()).isEqualTo(gpus);
        assertThat(engine.observe(new Identity("another", "host")).containers())
                .as("another's agent sees that they are in use")
                .anyMatch(seen -> seen.name().equals(name) && seen.gpus().equals(gpus));
        assertThatThrownBy(() -> engine.startContainer(container))
                .isInstanceOf(EngineException.class)
                .isNotInstanceOf(EngineDownException.class)
                .hasMessageContaining("install the NVIDIA Container Toolkit");
        assertThat(observed().status()).isEqualTo(Status.CREATED);
    }

    @Test
    void a_container_without_gpus_is_given_none_by_its_image() {
        buildImage("ENV NVIDIA_VISIBLE_DEVICES=all");
        assertThat(docker.run(running(), "sh", "-c", "echo $NVIDIA_VISIBLE_DEVICES"))
                .isEqualTo("void\n");
        assertThat(observed().gpus()).isEmpty();
    }
}
