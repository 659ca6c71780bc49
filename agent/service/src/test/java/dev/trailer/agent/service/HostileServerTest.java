package dev.trailer.agent.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that was taken over cannot make an agent give a workspace more of its host: what it sends, as JSON, either has no
 * effect or fails that one workspace, with a word why. All are asked for at once, beside a good one.
 */
class HostileServerTest {
    private static final String GOOD = workspace("good", "");

    /** Options of Docker and Compose, wherever somebody might look for them. They mean nothing here. */
    private static final List<String> IGNORED = List.of(
            "\"privileged\":true",
            "\"binds\":[\"/:/host\"]",
            "\"Binds\":[\"/:/host\"]",
            "\"hostConfig\":{\"Privileged\":true}",
            "\"HostConfig\":{\"Binds\":[\"/:/host\"]}",
            "\"devices\":[\"/dev/sda\"]",
            "\"deviceRequests\":[{\"Driver\":\"nvidia\"}]",
            "\"capAdd\":[\"SYS_ADMIN\"]",
            "\"cap_add\":[\"ALL\"]",
            "\"securityOpt\":[\"seccomp=unconfined\"]",
            "\"networkMode\":\"host\"",
            "\"network\":\"host\"",
            "\"networks\":[\"bridge\"]",
            "\"pidMode\":\"host\"",
            "\"ipcMode\":\"host\"",
            "\"utsMode\":\"host\"",
            "\"usernsMode\":\"host\"",
            "\"cgroupParent\":\"/\"",
            "\"runtime\":\"other\"",
            "\"user\":\"0\"",
            "\"sysctls\":{\"kernel.core_pattern\":\"|/x\"}",
            "\"tmpfs\":{\"/run\":\"exec\"}",
            "\"volumesFrom\":[\"other\"]",
            "\"volumeDriver\":\"local\"",
            "\"extraHosts\":[\"db:127.0.0.1\"]",
            "\"ports\":[\"0.0.0.0:22:22\"]",
            "\"publishAllPorts\":true",
            "\"entrypoint\":[\"/host/bin/sh\"]",
            "\"labels\":{\"dev.trailer.host\":\"another\"}",
            "\"restart\":\"always\"");

    /** Values of fields that there are. */
    private static final List<String> REFUSED = List.of(
            "\"mounts\":[{\"volume\":\"/\",\"path\":\"/data\"}]",
            "\"mounts\":[{\"volume\":\"/etc\",\"path\":\"/data\"}]",
            "\"mounts\":[{\"volume\":\"../../etc\",\"path\":\"/data\"}]",
            "\"mounts\":[{\"volume\":\"v:ro\",\"path\":\"/data\"}]",
            "\"mounts\":[{\"volume\":\"V\",\"path\":\"/data\"}]",
            "\"mounts\":[{\"volume\":\"\",\"path\":\"/data\"}]",
            "\"mounts\":[{\"volume\":\"v\",\"path\":\"/proc\"}]",
            "\"mounts\":[{\"volume\":\"v\",\"path\":\"/proc/sys/kernel\"}]",
            "\"mounts\":[{\"volume\":\"v\",\"path\":\"/sys/fs/cgroup\"}]",
            "\"mounts\":[{\"volume\":\"v\",\"path\":\"/dev/shm\"}]",
            "\"mounts\":[{\"volume\":\"v\",\"path\":\"/\"}]",
            "\"mounts\":[{\"volume\":\"v\",\"path\":\"/data/../etc\"}]",
            "\"mounts\":[{\"volume\":\"v\",\"path\":\"data\"}]",
            "\"mounts\":[{\"volume\":\"v\",\"path\":\"/data:ro,z\"}]",
            "\"mounts\":[{\"volume\":\"v\",\"path\":\"/data\"},{\"volume\":\"w\",\"path\":\"/data\"}]",
            "\"image\":{\"id\":\"i-base\",\"name\":\"../debian\",\"version\":1}",
            "\"image\":{\"id\":\"i-base\",\"name\":\"base@sha256\",\"version\":1}",
            "\"image\":{\"id\":\"i-base\",\"name\":\"base\",\"version\":-1}",
            "\"env\":{\"A=B\":\"x\"}",
            "\"env\":{\"\":\"x\"}",
            "\"env\":{\"A\":\"x\\u0000y\"}",
            "\"memoryBytes\":0",
            "\"memoryBytes\":-1",
            "\"cpuMillis\":0",
            "\"cpuMillis\":-5",
            "\"name\":\"-oops\"",
            "\"name\":\"a b\"",
            "\"name\":\"host.example.org\"");

    /** Ids become names on the engine. */
    private static final List<String> IDS = List.of("../up", "a/b", "W", "w w", "w;rm", "");

    private static final ImageRef BASE = new ImageRef("i-base", "base", 1);

    private Path state;
    private TestServer server;
    private FakeEngine engine;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        state = directory;
        engine = new FakeEngine();
        server = new TestServer("install", "host-1");
        server.define(BASE, new ImageDefinition.Reference("debian"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    /** @param field in place of the good one of its name, or besides */
    private static String workspace(String id, String field) {
        var fields = new ArrayList<>(List.of(
                "\"name\":\"w\"",
                "\"generation\":1",
                "\"containerGeneration\":1",
                "\"power\":\"RUNNING\"",
                "\"image\":{\"id\":\"i-base\",\"name\":\"base\",\"version\":1}",
                "\"cpuMillis\":100",
                "\"memoryBytes\":67108864",
                "\"gpus\":0",
                "\"env\":{}",
                "\"mounts\":[]"));
        if (!field.isEmpty()) {
            var name = field.substring(0, field.indexOf(':'));
            fields.removeIf(each -> each.startsWith(name + ":"));
            fields.add(field);
        }
        return "{\"kind\":\"workspace\",\"id\":\"" + id + "\"," + String.join(",", fields) + "}";
    }

    private void agentActs(List<String> resources, Runnable check) throws IOException {
        server.desireRaw(resources);
        try (var agent =
                Agent.start(AgentConfig.of(server.uri(), state, () -> Optional.of(TestServer.TOKEN)), engine)) {
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> agent.status().healthy() && phase("good") == Phase.RUNNING);
            check.run();
        }
    }

    private Phase phase(String workspace) {
        return server.report(workspace).map(report -> report.phase()).orElse(Phase.PREPARING);
    }

    @Test
    void options_that_are_no_part_of_the_protocol_have_no_effect() throws IOException {
        var resources = new ArrayList<>(List.of(GOOD));
        for (int i = 0; i < IGNORED.size(); i++) {
            resources.add(workspace("ignored-" + i, IGNORED.get(i)));
        }
        agentActs(resources, () -> {
            for (int i = 0; i < IGNORED.size(); i++) {
                var id = "ignored-" + i;
                await().atMost(Duration.ofSeconds(60)).until(() -> phase(id) == Phase.RUNNING);
            }
            assertThat(engine.specs()).hasSize(resources.size()).allSatisfy(spec -> {
                assertThat(spec.mounts()).isEmpty();
                assertThat(spec.env()).isEmpty();
                assertThat(spec.network()).startsWith("trailer-");
                assertThat(spec.labels()).containsEntry("dev.trailer.host", "host-1");
            });
        });
    }

    @Test
    void values_out_of_bounds_fail_their_workspace_with_a_word_why_and_no_other() throws IOException {
        server.define(new ImageRef("i-base", "base", -1), new ImageDefinition.Reference("debian"));
        var resources = new ArrayList<>(List.of(GOOD));
        for (int i = 0; i < REFUSED.size(); i++) {
            resources.add(workspace("refused-" + i, REFUSED.get(i)));
        }
        agentActs(resources, () -> {
            for (int i = 0; i < REFUSED.size(); i++) {
                var id = "refused-" + i;
                await(REFUSED.get(i)).atMost(Duration.ofSeconds(60)).until(() -> phase(id) == Phase.FAILED);
                assertThat(server.report(id).orElseThrow().cause())
                        .as(REFUSED.get(i))
                        .isInstanceOfSatisfying(Cause.StepFailed.class, failed -> assertThat(failed.detail())
                                .contains("refused"));
            }
            assertThat(engine.specs()).extracting(spec -> spec.name()).containsExactly("trailer-good-1");
        });
    }

    @Test
    void a_gpu_where_there_is_none_makes_no_container() throws IOException {
        server.define(new ImageRef("i-base", "base", -1), new ImageDefinition.Reference("debian"));
        agentActs(List.of(GOOD, workspace("refused-gpu", "\"gpus\":1")), () -> {
            await().atMost(Duration.ofSeconds(60)).until(() -> phase("refused-gpu") == Phase.FAILED);
            assertThat(server.report("refused-gpu").orElseThrow().cause()).isInstanceOf(Cause.GpuUnavailable.class);
            assertThat(engine.specs()).extracting(spec -> spec.name()).containsExactly("trailer-good-1");
        });
    }

    @Test
    void ids_that_could_not_be_names_of_ours_make_nothing_and_stop_nothing() throws IOException {
        var resources = new ArrayList<String>();
        IDS.forEach(id -> resources.add(workspace(id, "")));
        IDS.forEach(id -> resources.add("{\"kind\":\"volume\",\"id\":\"v" + id + "\",\"remove\":false}"));
        resources.add(GOOD);
        agentActs(resources, () -> {
            assertThat(engine.specs()).extracting(spec -> spec.name()).containsExactly("trailer-good-1");
            assertThat(engine.networks()).extracting(network -> network.name()).containsExactly("trailer-good");
            assertThat(engine.volumes())
                    .allSatisfy(volume -> assertThat(volume.name()).matches("trailer-[a-z0-9-]+"));
        });
    }

    @Test
    void a_dockerfile_that_asks_more_of_the_engine_than_a_container_is_not_built() throws IOException {
        var dockerfiles = List.of(
                "FROM x\nRUN --mount=type=bind,source=/,target=/host ls /host",
                "FROM x\nRUN --security=insecure true",
                "FROM x\nRUN --network=host true",
                "FROM x\nADD http://169.254.169.254/latest /m",
                "# syntax=evil/frontend\nFROM x",
                "FROM x\nLABEL dev.trailer.host=another");
        var resources = new ArrayList<>(List.of(GOOD));
        for (int i = 0; i < dockerfiles.size(); i++) {
            var image = new ImageRef("i-" + i, "evil-" + i, 1);
            server.define(image, new ImageDefinition.Dockerfile(dockerfiles.get(i), Map.of(), Map.of(), BASE));
            resources.add(workspace(
                    "build-" + i,
                    "\"image\":{\"id\":\"" + image.id() + "\",\"name\":\"" + image.name() + "\",\"version\":1}"));
        }
        agentActs(resources, () -> {
            for (int i = 0; i < dockerfiles.size(); i++) {
                var id = "build-" + i;
                await(id).atMost(Duration.ofSeconds(60)).until(() -> phase(id) == Phase.FAILED);
                assertThat(server.report(id).orElseThrow().cause())
                        .isInstanceOfSatisfying(Cause.StepFailed.class, failed -> assertThat(failed.detail())
                                .contains("refused: the Dockerfile"));
            }
        });
    }
}
