package dev.trailer.agent.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.Attempt.Outcome;
import dev.trailer.agent.protocol.Attempt.Taken;
import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Mount;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.agent.service.engine.DockerEngine;
import dev.trailer.agent.service.engine.RealDocker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole agent against a real engine and a small server. */
class AgentTest {
    /** Build, stop, remove, create, start; the first rounds also pull, and make network and volume. */
    private static final int CHANGES_OF_A_REPLACEMENT = 5;

    private Path state;
    private RealDocker docker;
    private TestServer server;
    private Agent agent;
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final ImageRef base = new ImageRef("i-base-" + suffix, "base-" + suffix, 1);
    private final ImageRef api = new ImageRef("i-api-" + suffix, "api-" + suffix, 3);
    private final String w = UUID.randomUUID().toString();
    private final String home = UUID.randomUUID().toString();

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        state = directory;
        docker = RealDocker.orSkip();
        server = new TestServer(docker.install, "host-1");
        server.define(base, new ImageDefinition.Reference(docker.busybox));
        server.define(
                api,
                new ImageDefinition.Dockerfile(
                        "FROM trailer/" + base.name() + "\nARG WHAT\nCOPY greeting.txt /greeting\n"
                                + "RUN echo $WHAT > /what\n",
                        Map.of("greeting.txt", "hello"),
                        Map.of("WHAT", "arg"),
                        base));
        agent = Agent.start(config());
    }

    private AgentConfig config() {
        return AgentConfig.of(server.uri(), state, () -> Optional.of(TestServer.TOKEN))
                .withDockerHost(docker.host);
    }

    @AfterEach
    void stop() throws IOException {
        if (docker != null) {
            agent.close();
            server.close();
            docker.close();
        }
    }

    private Workspace workspace(long generation, long containerGeneration, Power power, ImageRef image) {
        return new Workspace(
                w,
                "dev",
                generation,
                containerGeneration,
                power,
                image,
                500,
                64L << 20,
                0,
                Map.of("LANG", "C.UTF-8"),
                List.of(new Mount(home, "/home/dev")));
    }

    private static ConditionFactory await() {
        // A killed agent's threads end by an error; that is the point.
        return Awaitility.await().dontCatchUncaughtExceptions();
    }

    private WorkspaceReport awaitPhase(long generation, Phase phase) {
        return await().atMost(Duration.ofSeconds(60))
                .until(
                        () -> server.report(w).orElse(null),
                        report -> report != null && report.generation() == generation && report.phase() == phase);
    }

    private void awaitTrue(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition);
    }

    private String name(long containerGeneration) {
        return "trailer-" + w + "-" + containerGeneration;
    }

    @Test
    void a_workspace_lives_from_build_to_removal_and_its_volume_outlives_it() {
        server.desire(workspace(1, 1, Power.RUNNING, api));
        WorkspaceReport running = awaitPhase(1, Phase.RUNNING);
        assertThat(running.container()).isEqualTo(docker.inspect(name(1)).getId());
        assertThat(docker.run(name(1), "cat", "/greeting", "/what")).isEqualTo("helloarg\n");
        var inspected = docker.inspect(name(1));
        assertThat(inspected.getHostConfig().getNanoCPUs()).isEqualTo(500_000_000L);
        assertThat(inspected.getHostConfig().getMemory()).isEqualTo(64L << 20);
        assertThat(inspected.getHostConfig().getMemorySwap()).isEqualTo(64L << 20);
        assertThat(inspected.getConfig().getLabels())
                .containsEntry(Labels.INSTALL, docker.install)
                .containsEntry(Labels.HOST, "host-1")
                .containsEntry(Labels.WORKSPACE, w)
                .containsEntry(Labels.GENERATION, "1");
        assertThat(docker.networks()).hasSize(1);

        // A file in the volume and one in the container's own layer.
        docker.run(name(1), "sh", "-c", "echo kept > /home/dev/file; echo layer > /layer");
        server.desire(workspace(2, 1, Power.STOPPED, api));
        awaitPhase(2, Phase.STOPPED);
        server.desire(workspace(3, 1, Power.RUNNING, api));
        awaitPhase(3, Phase.RUNNING);
        assertThat(docker.run(name(1), "cat", "/home/dev/file", "/layer")).isEqualTo("kept\nlayer\n");

        // Another image: another container, the same volume.
        server.desire(workspace(4, 4, Power.RUNNING, base));
        awaitPhase(4, Phase.RUNNING);
        assertThat(docker.containers()).hasSize(1);
        assertThat(docker.run(name(4), "cat", "/home/dev/file")).isEqualTo("kept\n");
        assertThat(docker.run(name(4), "cat", "/greeting")).contains("No such file");

        server.desire(workspace(5, 4, Power.REMOVED, base), new DesiredResource.Volume(home, false));
        awaitPhase(5, Phase.GONE);
        assertThat(docker.containers()).isEmpty();
        assertThat(docker.networks()).isEmpty();
        assertThat(docker.volumes()).containsExactly("trailer-" + home);

        server.desire(new DesiredResource.Volume(home, true));
        awaitTrue(() -> server.last().orElseThrow().volumes().stream().anyMatch(v -> v.gone()));
        assertThat(docker.volumes()).isEmpty();
        server.desire(new DesiredResource.Forget(w));
        awaitTrue(() -> server.report(w).isEmpty());
    }

    @Test
    void an_exit_that_was_put_right_before_a_heartbeat_could_say_so_is_told_all_the_same() {
        server.desire(workspace(1, 1, Power.RUNNING, base));
        awaitPhase(1, Phase.RUNNING);
        server.beSlow(Duration.ofSeconds(3));
        int beats = server.heartbeats().size();
        awaitTrue(() -> server.heartbeats().size() > beats);
        // Now one is under way for so long that it is over before the next.
        var startedAt = docker.inspect(name(1)).getState().getStartedAt();
        docker.client().stopContainerCmd(name(1)).withTimeout(0).exec();
        awaitTrue(() -> docker.inspect(name(1)).getState().getRunning()
                && !docker.inspect(name(1)).getState().getStartedAt().equals(startedAt));
        server.beSlow(Duration.ZERO);
        awaitTrue(() -> server.heartbeats().stream()
                .flatMap(heartbeat -> heartbeat.workspaces().stream())
                .anyMatch(report -> report.cause() instanceof Cause.Exited));
        awaitPhase(1, Phase.RUNNING);
    }

    @Test
    void a_container_stopped_behind_our_back_is_reported_and_started_again() {
        server.desire(workspace(1, 1, Power.RUNNING, base));
        awaitPhase(1, Phase.RUNNING);
        docker.client().stopContainerCmd(name(1)).withTimeout(0).exec();
        awaitTrue(() -> server.heartbeats().stream()
                .flatMap(heartbeat -> heartbeat.workspaces().stream())
                .anyMatch(report -> report.phase() == Phase.FAILED && report.cause() instanceof Cause.Exited));
        awaitPhase(1, Phase.RUNNING);
        assertThat(docker.inspect(name(1)).getState().getRunning()).isTrue();
    }

    @Test
    void killed_before_or_after_any_change_it_converges_after_a_restart_and_loses_nothing() throws IOException {
        agent.close();
        long seed = Long.getLong("trailer.seed", System.nanoTime());
        System.out.println("seed " + seed);
        var random = new Random(seed);
        long generation = 0;
        // Each round is a new image and a replacement, by an agent that dies at the n-th change of it, before or after.
        for (int n = 1; n <= CHANGES_OF_A_REPLACEMENT; n++) {
            for (boolean before : new boolean[] {true, false}) {
                generation++;
                dieAt(n, before, generation, random);
            }
        }
    }

    private void dieAt(int n, boolean before, long generation, Random random) throws IOException {
        var image = new ImageRef(api.id(), api.name(), (int) generation + 100);
        server.define(
                image,
                new ImageDefinition.Dockerfile(
                        "FROM trailer/" + base.name() + "\nENV ROUND=" + random.nextLong(), Map.of(), Map.of(), base));
        server.desire(workspace(generation, generation, Power.RUNNING, image));
        var dying = new CrashingEngine(new DockerEngine(docker.host), n, before);
        try (var doomed = Agent.start(config(), dying)) {
            awaitTrue(() -> dying.crashed() || isRunning(generation));
            assertThat(doomed.status().enrolled()).isTrue();
        }
        try (var reborn = Agent.start(config())) {
            awaitPhase(generation, Phase.RUNNING);
            assertThat(docker.containers()).hasSize(1);
            assertThat(docker.networks()).hasSize(1);
            assertThat(docker.volumes()).containsExactly("trailer-" + home);
            assertThat(docker.inspect(name(generation)).getState().getRunning()).isTrue();
            assertThat(docker.run(name(generation), "sh", "-c", "cat /home/dev/*; echo - > /home/dev/" + generation))
                    .isEqualTo(
                            generation == 1
                                    ? "cat: can't open '/home/dev/*': No such file or directory\n"
                                    : "-\n".repeat((int) generation - 1));
            awaitTrue(() -> reborn.status().healthy());
        }
    }

    private boolean isRunning(long generation) {
        return server.report(w)
                .filter(report -> report.generation() == generation && report.phase() == Phase.RUNNING)
                .isPresent();
    }

    @Test
    void a_superseded_agent_stays_down_and_says_why() {
        server.desire(workspace(1, 1, Power.RUNNING, base));
        awaitPhase(1, Phase.RUNNING);
        server.supersede();
        awaitTrue(() -> agent.status().fenced() != null);
        assertThat(agent.status().leaseHeld()).isFalse();
        long epoch = server.epoch();
        server.desire(workspace(2, 1, Power.STOPPED, base));
        docker.client().stopContainerCmd(name(1)).withTimeout(0).exec();
        // It still sees, but neither acts nor speaks.
        int heartbeats = server.heartbeats().size();
        await().during(Duration.ofSeconds(2))
                .until(() -> !docker.inspect(name(1)).getState().getRunning());
        assertThat(server.heartbeats()).hasSize(heartbeats);
        assertThat(server.epoch()).isEqualTo(epoch);
    }

    @Test
    void an_empty_restored_desired_state_removes_nothing_and_shows_strays() {
        server.desire(workspace(1, 1, Power.RUNNING, base));
        awaitPhase(1, Phase.RUNNING);
        server.restoreEmpty("t2");
        awaitTrue(() -> server.last().orElseThrow().strays().contains(name(1)));
        assertThat(docker.inspect(name(1)).getState().getRunning()).isTrue();
    }

    @Test
    void what_is_done_is_told_step_by_step_with_what_the_engine_said() {
        server.desire(workspace(1, 1, Power.RUNNING, api));
        awaitPhase(1, Phase.RUNNING);
        awaitTrue(() -> server.attempts().stream()
                .anyMatch(attempt -> attempt.subject().equals(w) && attempt.outcome() == Outcome.DONE));
        var build = server.attempts().stream()
                .filter(attempt -> attempt.steps().getFirst().step() == Step.BUILD_IMAGE)
                .findFirst()
                .orElseThrow();
        assertThat(build.subject()).isEqualTo("image:" + api.id() + "/" + api.version());
        assertThat(build.outcome()).isEqualTo(Outcome.DONE);
        var progress = requireNonNull(build.steps().getFirst().progress());
        assertThat(progress.done()).isEqualTo(progress.of()).isGreaterThanOrEqualTo(4);
        assertThat(server.output(build.id()))
                .anyMatch(line -> line.startsWith("Step 1/"))
                .anyMatch(line -> line.startsWith("Successfully tagged"));
        var made = server.attempts().stream()
                .filter(attempt -> attempt.subject().equals(w))
                .findFirst()
                .orElseThrow();
        assertThat(made.generation()).isEqualTo(1);
        assertThat(made.steps().stream().map(Taken::step))
                .containsExactly(Step.CREATE_NETWORK, Step.CREATE_VOLUME, Step.CREATE_CONTAINER, Step.START_CONTAINER);
    }

    @Test
    void five_workspaces_that_ask_at_once_build_once_and_a_new_version_disturbs_none_of_them() {
        var names = IntStream.range(0, 5)
                .mapToObj(_ -> UUID.randomUUID().toString())
                .toList();
        server.desire(names.stream()
                .map(id -> new Workspace(id, "dev", 1, 1, Power.RUNNING, api, 100, 32L << 20, 0, Map.of(), List.of()))
                .toArray(DesiredResource[]::new));
        awaitTrue(() -> names.stream().allMatch(id -> server.report(id)
                .filter(r -> r.phase() == Phase.RUNNING)
                .isPresent()));
        awaitTrue(() -> builds(api) == 1);
        var containers = names.stream()
                .map(id -> docker.inspect("trailer-" + id + "-1").getId())
                .toList();

        var next = new ImageRef(api.id(), api.name(), api.version() + 1);
        server.define(
                next,
                new ImageDefinition.Dockerfile(
                        "FROM trailer/" + base.name() + "\nRUN echo 2 > /what\n", Map.of(), Map.of(), base));
        server.desire(new DesiredResource.Build(api.id() + "/1", 1, next));
        awaitTrue(() -> builds().anyMatch(build -> build.state() == BuildReport.State.SUCCEEDED));
        assertThat(names.stream()
                        .map(id -> docker.inspect("trailer-" + id + "-1").getId()))
                .isEqualTo(containers);
        assertThat(names).allSatisfy(id -> assertThat(docker.run("trailer-" + id + "-1", "cat", "/what"))
                .isEqualTo("arg\n"));

        // Started again, one of them takes it.
        var first = names.getFirst();
        server.desire(new Workspace(first, "dev", 2, 2, Power.RUNNING, next, 100, 32L << 20, 0, Map.of(), List.of()));
        awaitTrue(() -> server.report(first)
                .filter(report -> report.generation() == 2 && report.phase() == Phase.RUNNING)
                .isPresent());
        assertThat(docker.run("trailer-" + first + "-2", "cat", "/what")).isEqualTo("2\n");
        assertThat(builds(api)).isEqualTo(1);
        assertThat(builds(next)).isEqualTo(1);
    }

    /** None before the first heartbeat. */
    private Stream<BuildReport> builds() {
        return server.last().stream().flatMap(heartbeat -> heartbeat.builds().stream());
    }

    private long builds(ImageRef image) {
        return server.attempts().stream()
                .filter(attempt -> attempt.subject().equals("image:" + image.id() + "/" + image.version()))
                .filter(attempt -> attempt.outcome() == Outcome.DONE
                        && attempt.steps().getFirst().step() == Step.BUILD_IMAGE)
                .count();
    }

    @Test
    void a_cancelled_build_is_left_off_by_the_engine_and_has_not_failed() {
        var slow = new ImageRef("i-slow-" + suffix, "slow-" + suffix, 1);
        server.define(
                slow,
                new ImageDefinition.Dockerfile(
                        "FROM trailer/" + base.name() + "\nRUN sleep 3600 #" + suffix + "\n",
                        Map.of(),
                        Map.of(),
                        base));
        server.desire(new DesiredResource.Build(slow.id() + "/1", 1, slow));
        awaitTrue(() -> docker.client().listContainersCmd().exec().stream()
                .anyMatch(container -> container.getCommand().contains(suffix)));
        server.desire(new DesiredResource.Forget(slow.id() + "/1"));
        awaitTrue(() -> docker.client().listContainersCmd().exec().stream()
                .noneMatch(container -> container.getCommand().contains(suffix)));
        awaitTrue(() -> server.attempts().stream()
                .anyMatch(attempt -> attempt.subject().contains(slow.id()) && attempt.outcome() == Outcome.LEFT));
    }

    @Test
    void a_failed_build_is_told_once_with_its_last_lines() {
        var broken = new ImageRef("i-broken", "broken-" + suffix, 1);
        server.define(
                broken,
                new ImageDefinition.Dockerfile(
                        "FROM trailer/" + base.name() + ":7\nRUN echo before; sh -c 'echo why; exit 3'\n",
                        Map.of(),
                        Map.of(),
                        base));
        server.desire(new DesiredResource.Build("i-broken/1", 1, broken));
        awaitTrue(() -> builds().anyMatch(build -> build.state() == BuildReport.State.FAILED));
        var cause = builds().findFirst().orElseThrow().cause();
        assertThat(cause).isInstanceOfSatisfying(Cause.StepFailed.class, failed -> {
            assertThat(failed.step()).isEqualTo(Step.BUILD_IMAGE);
            assertThat(failed.detail()).contains("returned a non-zero code: 3").contains("why");
            awaitTrue(() -> server.attempts().stream()
                    .anyMatch(attempt -> attempt.id().equals(failed.attempt()) && attempt.outcome() == Outcome.FAILED));
        });
        server.desire(new DesiredResource.Build("i-base/1", 1, base));
        awaitTrue(() -> builds().anyMatch(
                        build -> build.state() == BuildReport.State.SUCCEEDED && build.sizeBytes() > 1_000_000));
    }
}
