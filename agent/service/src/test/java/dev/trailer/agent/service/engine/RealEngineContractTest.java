package dev.trailer.agent.service.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
}
