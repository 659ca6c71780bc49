package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.plan.Observed.Status;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a container that really runs can show, on every real engine. */
abstract class RealEngineContractTest extends EngineContractTest {
    @SuppressWarnings("NullAway.Init") // before each test, by open()
    protected RealDocker docker;

    /** Skips where there is none. */
    protected abstract RealDocker machine() throws IOException;

    @Override
    protected ContainerEngine open() throws IOException {
        docker = machine();
        return new DockerEngine(docker.host);
    }

    @Override
    protected ContainerEngine openNothing() {
        return new DockerEngine("unix:///nowhere/docker.sock");
    }

    @Override
    protected String baseImage() {
        return docker.busybox;
    }

    @Override
    protected String install() {
        return docker.install;
    }

    @Override
    protected void killBehindOurBack(String container) {
        docker.client().killContainerCmd(container).exec();
    }

    @Override
    @AfterEach
    protected void stop() throws IOException {
        super.stop();
        if (docker != null) {
            docker.close();
        }
    }

    @Test
    void an_image_is_built_on_a_base_with_files_and_arguments() {
        List<String> log = build(
                image,
                "FROM " + docker.busybox + "\nARG WHO\nCOPY sub/run.sh /run.sh\nRUN /run.sh $WHO > /out\n",
                Map.of("sub/run.sh", "#!/bin/sh\necho hello $1\n", "Dockerfile", "FROM nothing"),
                Map.of("WHO", "you"));
        assertThat(log).anyMatch(line -> line.matches("(?i)step 1/.*"));
        assertThat(docker.run(running(), "cat", "/out")).isEqualTo("hello you\n");
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
        assertThat(config.getPrivileged()).isFalse();
        assertThat(config.getRestartPolicy().getName()).isIn("", "no");
        assertThat(docker.run(name, "env")).contains("GREETING=hello world");
        assertThat(docker.run(name, "hostname")).isEqualTo("dev\n");
    }

    /** As the kernel has it: engines write it down in different ways. */
    @Test
    void root_of_a_container_keeps_eight_capabilities_and_gets_no_more_by_any_program() {
        buildImage();
        var status = docker.run(running(), "cat", "/proc/1/status");
        assertThat(status)
                .as("of 64 bits those of CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL, SETGID, SETUID, NET_BIND_SERVICE")
                .contains("CapBnd:\t00000000000004fb")
                .contains("CapEff:\t00000000000004fb")
                .contains("NoNewPrivs:\t1")
                .contains("Seccomp:\t2");
        assertThat(docker.run(name, "sh", "-c", "ulimit -Hn; ulimit -Hc")).isEqualTo("16384\n0\n");
        assertThat(docker.run(name, "sh", "-c", "df -k /dev/shm | tail -n 1")).contains("262144");
    }

    @Test
    void what_is_in_a_volume_outlives_its_containers() {
        buildImage();
        engine.createVolume(volume("v"));
        var mount = new ContainerSpec.Mount(volume, "/data");
        String first = running(mount);
        docker.run(first, "sh", "-c", "echo kept > /data/file");
        engine.stopContainer(first, SHORT_GRACE);
        engine.removeContainer(first);
        String second = engine.createContainer(spec(mount));
        engine.startContainer(second);
        assertThat(docker.run(second, "cat", "/data/file")).isEqualTo("kept\n");
    }

    @Test
    void what_a_container_uses_is_measured() throws InterruptedException {
        buildImage("CMD [\"sh\", \"-c\", \"while :; do :; done\"]");
        String container = running();
        Usage before = engine.usage(container);
        long begun = System.nanoTime();
        Thread.sleep(2_000); // what is measured is time
        Usage after = engine.usage(container);
        double cores = (double) (after.cpuNanos() - before.cpuNanos()) / (System.nanoTime() - begun);
        assertThat(cores).as("it may use a quarter of a core, and wants all").isBetween(0.05, 0.40);
        assertThat(after.memoryBytes()).isBetween(1L, 32L << 20);
    }

    private Exec.Result exec(String container, byte[] input, String script, String... arguments) {
        var command = new ArrayList<>(List.of("/bin/sh", "-c", script, "sh"));
        command.addAll(List.of(arguments));
        return engine.exec(new Exec(container, command, input, Duration.ofSeconds(20), () -> true));
    }

    @Test
    void a_command_inside_gets_its_input_and_tells_how_it_ended() {
        buildImage();
        String container = running();
        byte[] input = new byte[64 << 10];
        new Random(1).nextBytes(input);
        var counted = exec(
                container,
                input,
                "head -c $1 > /file && wc -c < /file && echo warning >&2; exit 3",
                Integer.toString(input.length));
        assertThat(counted.exitCode()).isEqualTo(3);
        assertThat(counted.output()).contains("65536").contains("warning");
        var much = exec(container, new byte[0], "yes line | head -n 20000; echo end");
        assertThat(much.exitCode()).isZero();
        assertThat(much.output()).hasSize(Exec.Result.MAX_OUTPUT).endsWith("line\nend\n");
        assertThat(exec(container, new byte[0], "nothing-like-it").exitCode()).isEqualTo(127);
        engine.stopContainer(container, Duration.ZERO);
        assertThatThrownBy(() -> exec(container, new byte[0], "true")).isInstanceOf(EngineException.class);
    }

    @Test
    void a_command_that_takes_too_long_or_is_not_wanted_any_more_is_ended_with_all_it_began() {
        buildImage();
        String container = running();
        var waiting = List.of("/bin/sh", "-c", "sleep 4711 & sleep 4711");
        assertThatThrownBy(
                        () -> engine.exec(new Exec(container, waiting, new byte[0], Duration.ofSeconds(1), () -> true)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("longer than 1 seconds");
        await().until(() -> !docker.run(container, "ps").contains("4711"));
        assertThatThrownBy(() ->
                        engine.exec(new Exec(container, waiting, new byte[0], Duration.ofMinutes(1), () -> false)))
                .isInstanceOf(EngineException.class);
        await().until(() -> !docker.run(container, "ps").contains("4711"));
        assertThat(observed().status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void the_engine_does_not_run_an_images_health_check_itself() {
        buildImage("HEALTHCHECK --interval=1s --timeout=1s --retries=1 CMD touch /checked");
        String container = running();
        assertThat(docker.inspect(container).getState().getHealth())
                .satisfiesAnyOf(none -> assertThat(none).isNull(), none -> assertThat(none.getStatus())
                        .isIn("", "none"));
        assertThat(engine.healthCheck(container)).isPresent();
    }

    @Test
    void the_main_process_waits_for_its_secrets_which_are_in_no_layer_and_no_inspection() {
        buildImage("ENTRYPOINT [\"sh\", \"-c\", \"cat /run/secrets/token > /seen; exec sleep $0\"]", "CMD [\"4711\"]");
        makeNetwork(net("64/28"));
        var plain = spec();
        String container = engine.createContainer(new ContainerSpec(
                plain.name(),
                plain.hostname(),
                plain.image(),
                plain.network(),
                plain.cpuMillis(),
                plain.memoryBytes(),
                plain.env(),
                plain.mounts(),
                plain.labels(),
                true,
                List.of()));
        for (int round = 1; round <= 2; round++) {
            engine.startContainer(container);
            assertThat(docker.run(container, "cat", "/seen")).contains("No such file");
            assertThat(docker.run(container, "ls", "-A", "/run/secrets")).isEmpty();
            byte[] value = ("s3cr3t-m4rker-" + round).getBytes(StandardCharsets.UTF_8);
            var opened = engine.exec(new Exec(
                    container,
                    true,
                    List.of("/bin/sh", "-c", SecretsGate.OPEN),
                    new byte[0],
                    Duration.ofSeconds(20),
                    () -> true));
            assertThat(opened.exitCode()).as(opened.output()).isZero();
            assertThat(docker.run(container, "ls", "-ld", "/run/secrets")).startsWith("drwxrwxrwt");
            var written = exec(
                    container,
                    value,
                    "umask 077; head -c $1 > /run/secrets/token && : > " + SecretsGate.READY,
                    Integer.toString(value.length));
            assertThat(written.exitCode()).as(written.output()).isZero();
            await().until(() -> docker.run(container, "ps").contains("sleep 4711"));
            assertThat(docker.run(container, "cat", "/seen")).isEqualTo("s3cr3t-m4rker-" + round);
            docker.run(container, "rm", "/seen");
            assertThat(docker.run(container, "ls", "-l", "/run/secrets/token")).startsWith("-rw-------");
            engine.stopContainer(container, Duration.ZERO);
        }
        assertThat(docker.inspect(container).toString()).doesNotContain("s3cr3t");
    }
}
