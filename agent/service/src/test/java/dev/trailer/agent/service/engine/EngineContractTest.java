package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.Labels;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every engine must do for the agent, tried on the real one. */
class EngineContractTest {
    private RealDocker docker;
    private ContainerEngine engine;
    private Identity us;
    private final String id = UUID.randomUUID().toString().substring(0, 8);
    private final String name = "trailer-" + id;
    private final String image = "trailer/contract-" + id + ":1";

    @BeforeEach
    void start() throws IOException {
        docker = RealDocker.orSkip();
        engine = new DockerEngine(docker.host);
        us = new Identity(docker.install, "host");
    }

    @AfterEach
    void stop() throws IOException {
        if (docker != null) {
            engine.close();
            docker.close();
        }
    }

    private Map<String, String> labels(String key, String value) {
        var labels = new HashMap<>(us.labels());
        labels.put(key, value);
        return labels;
    }

    private void buildImage(String... lines) {
        build(image, "FROM " + docker.busybox + "\n" + String.join("\n", lines), Map.of(), Map.of());
    }

    private List<String> build(String tag, String dockerfile, Map<String, String> files, Map<String, String> args) {
        var log = new ArrayList<String>();
        String built = engine.build(
                new BuildSpec(
                        tag,
                        new BuildContext(dockerfile, files),
                        args,
                        Map.of(Labels.INSTALL, us.install(), "dev.trailer.image", "i/1")),
                log::add);
        assertThat(built).isNotEmpty();
        return log;
    }

    private ContainerSpec spec(ContainerSpec.Mount... mounts) {
        return new ContainerSpec(
                name,
                "dev",
                image,
                name,
                250,
                32L << 20,
                Map.of("GREETING", "hello world"),
                List.of(mounts),
                labels(Labels.WORKSPACE, id));
    }

    private void makeNetwork(String cidr) {
        engine.createNetwork(new NetworkSpec(name, Subnet.parse(cidr).orElseThrow(), labels(Labels.WORKSPACE, id)));
    }

    private Observed.Container observed() {
        return engine.observe(us).containers().stream()
                .filter(container -> container.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private String running(ContainerSpec.Mount... mounts) {
        makeNetwork("10.214.0.16/28");
        String container = engine.createContainer(spec(mounts));
        engine.startContainer(container);
        return container;
    }

    @Test
    void it_says_what_it_is_in_a_version_that_both_speak() {
        EngineInfo info = engine.info();
        assertThat(info.engine()).isEqualTo("docker");
        assertThat(info.apiVersion()).matches("1\\.\\d+");
        assertThat(info.cpus()).isPositive();
        assertThat(info.memoryBytes()).isPositive();
        assertThat(info.rootDirectory()).startsWith("/");
    }

    @Test
    void an_image_is_built_on_a_base_with_files_and_arguments() {
        List<String> log = build(
                image,
                "FROM " + docker.busybox + "\nARG WHO\nCOPY sub/run.sh /run.sh\nRUN /run.sh $WHO > /out\n",
                Map.of("sub/run.sh", "#!/bin/sh\necho hello $1\n", "Dockerfile", "FROM nothing"),
                Map.of("WHO", "you"));
        assertThat(log).anyMatch(line -> line.startsWith("Step 1/"));
        String container = running();
        assertThat(docker.run(container, "cat", "/out")).isEqualTo("hello you\n");
        Observed.Image seen = engine.observe(us).images().stream()
                .filter(found -> found.tags().contains(image))
                .findFirst()
                .orElseThrow();
        assertThat(seen.labels()).containsEntry(Labels.INSTALL, us.install());
        assertThat(seen.sizeBytes()).isPositive();
        assertThat(engine.hasImage(image)).isTrue();
        assertThat(engine.hasImage("trailer/nothing:1")).isFalse();
    }

    @Test
    void a_failing_build_or_pull_is_told_in_the_engines_words() {
        assertThatThrownBy(() -> buildImage("RUN exit 7"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("non-zero code: 7");
        assertThatThrownBy(() -> buildImage("NONSENSE"))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("NONSENSE");
        assertThatThrownBy(() -> engine.pull("localhost:1/nothing:1", _ -> {}))
                .isInstanceOf(EngineException.class)
                .isNotInstanceOf(EngineDownException.class);
    }

    @Test
    void networks_get_the_subnet_asked_for_and_twice_is_once() {
        makeNetwork("10.214.0.32/28");
        makeNetwork("10.214.0.32/28");
        assertThat(docker.networks()).hasSize(1);
        assertThat(engine.subnets()).contains(Subnet.parse("10.214.0.32/28").orElseThrow());
        assertThatThrownBy(() -> engine.createNetwork(new NetworkSpec(
                        name + "-b", Subnet.parse("10.214.0.32/28").orElseThrow(), labels(Labels.WORKSPACE, "b"))))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("overlap");
        String network = docker.networks().getFirst().getId();
        engine.removeNetwork(network);
        engine.removeNetwork(network);
        assertThat(docker.networks()).isEmpty();
    }

    @Test
    void a_container_has_the_limits_asked_for_and_nothing_that_it_must_not_have() {
        buildImage();
        var config = docker.inspect(running()).getHostConfig();
        assertThat(config.getNanoCPUs()).isEqualTo(250_000_000L);
        assertThat(config.getMemory()).isEqualTo(32L << 20);
        assertThat(config.getMemorySwap()).isEqualTo(32L << 20);
        assertThat(config.getPidsLimit()).isEqualTo(4_096L);
        assertThat(config.getInit()).isTrue();
        assertThat(config.getSecurityOpts()).containsExactly("no-new-privileges");
        assertThat(config.getNetworkMode()).isEqualTo(name);
        assertThat(config.getPrivileged()).isFalse();
        assertThat(config.getRestartPolicy().getName()).isIn("", "no");
        assertThat(config.getLogConfig().getConfig()).containsEntry("max-file", "3");
        assertThat(docker.run(name, "env")).contains("GREETING=hello world");
        assertThat(docker.run(name, "hostname")).isEqualTo("dev\n");
    }

    @Test
    void a_volume_outlives_its_containers_and_one_that_is_not_ours_is_refused() {
        buildImage();
        var volume = new VolumeSpec("trailer-v-" + id, labels(Labels.VOLUME, "v-" + id));
        engine.createVolume(volume);
        engine.createVolume(volume);
        String first = running(new ContainerSpec.Mount(volume.name(), "/data"));
        docker.run(first, "sh", "-c", "echo kept > /data/file");
        assertThat(observed().volumes()).containsExactly(volume.name());
        assertThatThrownBy(() -> engine.removeVolume(volume)).isInstanceOf(EngineException.class);
        engine.stopContainer(first, Duration.ofSeconds(1));
        engine.removeContainer(first);
        String second = engine.createContainer(spec(new ContainerSpec.Mount(volume.name(), "/data")));
        engine.startContainer(second);
        assertThat(docker.run(second, "cat", "/data/file")).isEqualTo("kept\n");
        engine.stopContainer(second, Duration.ofSeconds(1));
        engine.removeContainer(second);

        var another = new VolumeSpec(volume.name(), labels(Labels.VOLUME, "another"));
        assertThatThrownBy(() -> engine.createVolume(another)).hasMessageContaining("not ours");
        assertThatThrownBy(() -> engine.removeVolume(another)).hasMessageContaining("not ours");
        engine.removeVolume(volume);
        engine.removeVolume(volume);
        assertThat(docker.volumes()).isEmpty();
    }

    @Test
    void how_a_container_ended_can_be_seen() {
        buildImage("CMD [\"sh\", \"-c\", \"exit 42\"]");
        running();
        await().until(() -> observed().status() == Status.EXITED);
        Observed.Container ended = observed();
        assertThat(ended.exitCode()).isEqualTo(42);
        assertThat(ended.outOfMemory()).isFalse();
        assertThat(ended.finishedAt()).isAfterOrEqualTo(ended.startedAt());
    }

    @Test
    void running_out_of_memory_can_be_seen() {
        buildImage("CMD [\"sh\", \"-c\", \"tail /dev/zero; exit $?\"]");
        running();
        await().atMost(Duration.ofSeconds(30)).until(() -> observed().status() == Status.EXITED);
        assertThat(observed().exitCode()).isEqualTo(137);
        assertThat(observed().outOfMemory()).isTrue();
    }

    @Test
    void what_a_container_uses_can_be_seen() throws InterruptedException {
        buildImage("CMD [\"sh\", \"-c\", \"while :; do :; done\"]");
        String container = running();
        Usage before = engine.usage(container);
        long begun = System.nanoTime();
        Thread.sleep(2_000);
        Usage after = engine.usage(container);
        double cores = (double) (after.cpuNanos() - before.cpuNanos()) / (System.nanoTime() - begun);
        assertThat(cores).as("it may use a quarter of a core, and wants all").isBetween(0.05, 0.40);
        assertThat(after.memoryBytes()).isBetween(1L, 32L << 20);
        assertThat(after.pids()).isPositive();
        engine.stopContainer(container, Duration.ZERO);
        engine.removeContainer(container);
        assertThatThrownBy(() -> engine.usage(container)).isInstanceOf(EngineException.class);
    }

    @Test
    void each_change_done_twice_is_done_once() {
        buildImage();
        String container = running();
        assertThat(engine.createContainer(spec())).isEqualTo(container);
        engine.startContainer(container);
        engine.stopContainer(container, Duration.ofSeconds(1));
        engine.stopContainer(container, Duration.ofSeconds(1));
        engine.removeContainer(container);
        engine.removeContainer(container);
        engine.stopContainer(container, Duration.ofSeconds(1));
        assertThat(docker.containers()).isEmpty();
    }

    @Test
    void a_container_without_any_command_stays_and_can_be_started_after_its_network_was_made_anew() {
        buildImage();
        String container = running();
        engine.stopContainer(container, Duration.ofSeconds(1));
        engine.removeNetwork(docker.networks().getFirst().getId());
        makeNetwork("10.214.0.48/28");
        engine.startContainer(container);
        assertThat(observed().status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void watching_wakes_on_what_happens() throws Exception {
        buildImage();
        var wakes = new AtomicInteger();
        try (var watch = engine.watch(wakes::incrementAndGet, () -> {})) {
            assertThat(watch).isNotNull();
            String container = running();
            await().until(() -> wakes.get() > 0);
            wakes.set(0);
            docker.client().killContainerCmd(container).exec();
            await().until(() -> wakes.get() > 0);
        }
    }

    @Test
    void an_engine_that_is_not_there_is_down() {
        try (var nothing = new DockerEngine("unix:///nowhere/docker.sock")) {
            assertThatThrownBy(() -> nothing.observe(us)).isInstanceOf(EngineDownException.class);
            assertThatThrownBy(nothing::info).isInstanceOf(EngineDownException.class);
        }
    }
}
