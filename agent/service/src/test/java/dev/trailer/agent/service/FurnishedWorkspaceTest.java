package dev.trailer.agent.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Git;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Mount;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.SecretFile;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.Health;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.agent.service.engine.DockerEngine;
import dev.trailer.agent.service.engine.RealDocker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Secrets and a repository in a workspace, by the whole agent, on a real engine, from a real git. */
class FurnishedWorkspaceTest {
    private static final String ROOTFS = "trailer-rootfs:bookworm";
    private static final String TOKEN = "s3cr3t-m4rker-token";
    private static final String PASSWORD = "s3cr3t-m4rker-password";
    private static final String SECRET_FILE = "/run/secrets/api-token";

    private Path folder;
    private RealDocker docker;
    private TestServer server;
    private Agent agent;
    private final String suffix = UUID.randomUUID().toString().substring(0, 8);
    private final ImageRef image = new ImageRef("i-" + suffix, "furnished-" + suffix, 1);
    private final String w = UUID.randomUUID().toString();
    private final String home = UUID.randomUUID().toString();

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        folder = directory;
        docker = RealDocker.orSkip();
        try (var engine = new DockerEngine(docker.host)) {
            Assumptions.assumeTrue(engine.hasImage(ROOTFS), ROOTFS + " is not there");
        }
        server = new TestServer(docker.install, "host-1");
        server.define(image, definition());
        server.keep("s-token", TOKEN);
        server.keep("s-git", "someone:" + PASSWORD);
        agent = Agent.start(config());
    }

    @SuppressWarnings("NullAway") // it does not see @Nullable on a nested type's name in another module's class file
    private static ImageDefinition definition() {
        return new ImageDefinition.Dockerfile(
                "FROM " + ROOTFS + "\nRUN useradd --create-home --uid 1000 dev\nUSER dev\n"
                        + "CMD [\"sh\", \"-c\", \"cat " + SECRET_FILE + " > /tmp/seen; exec sleep infinity\"]\n",
                Map.of(),
                Map.of(),
                null);
    }

    private AgentConfig config() {
        return AgentConfig.of(server.uri(), folder.resolve("state"), () -> Optional.of(TestServer.TOKEN))
                .withDockerHost(docker.host);
    }

    @AfterEach
    void stop() throws IOException {
        if (docker != null) {
            if (agent != null) {
                agent.close();
            }
            if (server != null) {
                server.close();
            }
            docker.close();
        }
    }

    private Workspace workspace(long generation, Power power, boolean withSecrets, @Nullable Git git) {
        return new Workspace(
                w,
                "dev",
                generation,
                1,
                power,
                image,
                500,
                128L << 20,
                0,
                Map.of("LANG", "C.UTF-8"),
                List.of(new Mount(home, "/home/dev")),
                withSecrets ? List.of(new SecretFile("s-token", "api-token")) : List.of(),
                withSecrets ? Map.of("API_TOKEN", "s-token") : Map.of(),
                git);
    }

    private void awaitTrue(Callable<Boolean> condition) {
        Awaitility.await()
                .dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(90))
                .until(condition);
    }

    private WorkspaceReport awaitReport(long generation, Phase phase) {
        awaitTrue(() -> server.report(w)
                .filter(report -> report.generation() == generation && report.phase() == phase)
                .isPresent());
        return server.report(w).orElseThrow();
    }

    private Cause.StepFailed awaitFailure(long generation, Step step) {
        awaitTrue(() -> server.report(w)
                .filter(report -> report.generation() == generation
                        && report.cause() instanceof Cause.StepFailed failed
                        && failed.step() == step)
                .isPresent());
        return (Cause.StepFailed) requireNonNull(server.report(w).orElseThrow().cause());
    }

    private String run(String script) {
        return docker.run("trailer-" + w + "-1", "sh", "-c", script);
    }

    @Test
    void secrets_are_there_before_the_main_process_and_anew_after_each_start() {
        server.desire(workspace(1, Power.RUNNING, true, null));
        awaitReport(1, Phase.RUNNING);
        awaitTrue(() -> run("cat /tmp/seen").equals(TOKEN));
        assertThat(run("ls -ln " + SECRET_FILE)).startsWith("-rw------- 1 1000");
        assertThat(run("echo $API_TOKEN")).isEqualTo(TOKEN + "\n");
        assertThat(run("mount | grep /run/secrets"))
                .startsWith("tmpfs on /run/secrets type tmpfs")
                .contains("noexec");

        // A new value comes with the next start, also one that nobody asked us for.
        server.keep("s-token", TOKEN + "-2");
        int asked = server.secretsAsked();
        docker.client().stopContainerCmd("trailer-" + w + "-1").withTimeout(0).exec();
        awaitTrue(
                () -> server.secretsAsked() > asked && run("cat " + SECRET_FILE).equals(TOKEN + "-2"));
        awaitReport(1, Phase.RUNNING);
        assertThat(run("echo $API_TOKEN"))
                .as("environment stays as the container was made")
                .isEqualTo(TOKEN + "\n");
    }

    @Test
    void an_agent_that_was_killed_between_start_and_secrets_gives_them_when_it_is_back() throws IOException {
        agent.close();
        // Build, network, volume, container, start: dies at what would write the secret.
        var dying = new CrashingEngine(new DockerEngine(docker.host), 6, true);
        server.desire(workspace(1, Power.RUNNING, true, null));
        try (var doomed = Agent.start(config(), dying)) {
            assertThat(doomed).isNotNull();
            awaitTrue(dying::crashed);
        }
        assertThat(run("ls -A /run/secrets; cat /tmp/seen")).contains("No such file");
        agent = Agent.start(config());
        awaitReport(1, Phase.RUNNING);
        awaitTrue(() -> run("cat /tmp/seen").equals(TOKEN));
        // Started anew, it looks once more, and leaves what is there.
        agent.close();
        server.keep("s-token", TOKEN + "-2");
        int asked = server.secretsAsked();
        agent = Agent.start(config());
        awaitTrue(() -> server.secretsAsked() > asked);
        awaitReport(1, Phase.RUNNING);
        assertThat(run("cat " + SECRET_FILE)).isEqualTo(TOKEN);
    }

    @Test
    void a_secret_that_is_gone_keeps_the_workspace_from_starting_and_says_so() {
        server.forgetSecret("s-token");
        server.desire(workspace(1, Power.RUNNING, true, null));
        var failed = awaitFailure(1, Step.CREATE_CONTAINER);
        assertThat(failed.detail()).contains("secret_gone");
        server.keep("s-token", TOKEN);
        awaitReport(1, Phase.RUNNING);
    }

    @Test
    void a_repository_is_cloned_once_as_the_containers_user_and_its_credential_stays_nowhere() throws IOException {
        try (var git = GitServer.start(folder.resolve("git"), "someone", PASSWORD)) {
            server.desire(
                    workspace(1, Power.RUNNING, false, new Git(git.url("api.git"), "next", "/home/dev/api", "s-git")));
            awaitReport(1, Phase.RUNNING);
            assertThat(run("cat /home/dev/api/README; git -C /home/dev/api branch --show-current"))
                    .isEqualTo("third\nnext\n");
            assertThat(run("stat -c %U /home/dev/api")).isEqualTo("dev\n");
            assertThat(run("grep -rl s3cr3t /home/dev /tmp /run 2>/dev/null; cat /home/dev/api/.git/config"))
                    .doesNotContain("s3cr3t", "password", "someone", "helper");
            assertThat(run("ls -A /home/dev")).doesNotContain(".trailer-clone");
            int clones = git.clones();

            // What people do with it stays, whatever starts.
            run("echo mine > /home/dev/api/README");
            server.desire(workspace(2, Power.STOPPED, false, null));
            awaitReport(2, Phase.STOPPED);
            server.desire(
                    workspace(3, Power.RUNNING, false, new Git(git.url("api.git"), null, "/home/dev/api", "s-git")));
            awaitReport(3, Phase.RUNNING);
            assertThat(run("cat /home/dev/api/README")).isEqualTo("mine\n");
            assertThat(git.clones()).isEqualTo(clones);
        }
    }

    @Test
    void a_repository_that_cannot_be_cloned_is_told_with_gits_words_and_without_the_credential() throws IOException {
        try (var git = GitServer.start(folder.resolve("git"), "someone", "another-password")) {
            server.desire(
                    workspace(1, Power.RUNNING, false, new Git(git.url("api.git"), null, "/home/dev/api", "s-git")));
            var refused = awaitFailure(1, Step.CLONE_REPOSITORY);
            assertThat(refused.detail()).contains("Authentication failed").doesNotContain("s3cr3t");
            assertThat(server.report(w).orElseThrow().phase()).isEqualTo(Phase.FAILED);

            server.keep("s-git", "someone:another-password");
            server.desire(workspace(
                    2, Power.RUNNING, false, new Git(git.url("api.git"), "nowhere", "/home/dev/api", "s-git")));
            assertThat(awaitFailure(2, Step.CLONE_REPOSITORY).detail()).contains("nowhere");
            assertThat(run("ls -A /home/dev")).doesNotContain("api", ".trailer-clone");

            // Nobody needs it any more: the workspace is well as it is.
            server.desire(workspace(3, Power.RUNNING, false, null));
            awaitReport(3, Phase.RUNNING);
        }
    }

    @Test
    void a_health_check_sees_what_the_container_sees_and_what_it_prints_of_a_secret_is_masked() {
        var files = workspace(1, Power.RUNNING, true, null);
        var check = new HealthCheck(
                List.of("/bin/sh", "-c", "test -e /tmp/well && exit; id -un; cat " + SECRET_FILE + "; exit 3"),
                2_000,
                20_000,
                2,
                0,
                true);
        server.desire(new Workspace(
                files.id(),
                files.name(),
                1,
                1,
                files.power(),
                files.image(),
                files.cpuMillis(),
                files.memoryBytes(),
                0,
                files.env(),
                files.mounts(),
                files.secrets(),
                files.secretEnv(),
                null,
                check));
        awaitHealth(Health.UNHEALTHY);
        var why = (Cause.Unhealthy) requireNonNull(server.heartbeats().stream()
                .flatMap(beat -> beat.workspaces().stream())
                .filter(report -> report.health() == Health.UNHEALTHY)
                .findFirst()
                .orElseThrow()
                .cause());
        assertThat(why.restarted()).isTrue();
        assertThat(why.detail()).startsWith("exit status 3:\ndev\n").doesNotContain("s3cr3t");
        var name = "trailer-" + w + "-1";
        awaitTrue(() -> isMadeWell(name));
        awaitHealth(Health.HEALTHY);
        assertThat(run("cat " + SECRET_FILE)).as("given anew after the restart").isEqualTo(TOKEN);
    }

    /** It may be about to be started again. */
    private boolean isMadeWell(String container) {
        try {
            return docker.run(container, "sh", "-c", "touch /tmp/well; id -un").equals("dev\n");
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void awaitHealth(Health health) {
        awaitTrue(() -> server.heartbeats().stream()
                .flatMap(beat -> beat.workspaces().stream())
                .anyMatch(report -> report.health() == health));
    }

    @Test
    void nothing_that_the_engine_tells_has_a_secret_that_was_given_as_a_file() {
        var files = workspace(1, Power.RUNNING, true, null);
        server.desire(new Workspace(
                files.id(),
                files.name(),
                1,
                1,
                files.power(),
                files.image(),
                files.cpuMillis(),
                files.memoryBytes(),
                0,
                files.env(),
                files.mounts(),
                files.secrets(),
                Map.of(),
                null));
        awaitReport(1, Phase.RUNNING);
        awaitTrue(() -> run("cat /tmp/seen").equals(TOKEN));
        var name = "trailer-" + w + "-1";
        var inspected = docker.inspect(name);
        assertThat(inspected.getRawValues().toString() + inspected).doesNotContain("s3cr3t");
        assertThat(docker.client()
                        .inspectImageCmd(inspected.getImageId())
                        .exec()
                        .toString())
                .doesNotContain("s3cr3t");
        assertThat(docker.client().containerDiffCmd(name).exec())
                .noneMatch(change -> change.getPath().startsWith("/run/secrets/"));
        server.heartbeats().forEach(beat -> assertThat(beat.toString().getBytes(StandardCharsets.UTF_8))
                .asString(StandardCharsets.UTF_8)
                .doesNotContain("s3cr3t"));
    }

    @Test
    @SuppressWarnings("NullAway") // does not see the @Nullable of a compact constructor's nested type
    void an_image_of_a_private_registry_is_pulled_with_its_secret_and_with_no_other() throws IOException {
        var pulled = new ImageRef("i-private-" + suffix, "private-" + suffix, 1);
        var build = new DesiredResource.Build(pulled.id() + "/1", 1, pulled);
        try (var registry = new PrivateRegistry("robot", PASSWORD)) {
            server.define(pulled, new ImageDefinition.Reference(registry.reference(), "s-registry"));
            server.keep("s-registry", "robot:s3cr3t-m4rker-wrong");
            server.desire(build);
            awaitTrue(() -> built(1, BuildReport.State.FAILED).isPresent());
            var failed = (Cause.StepFailed) requireNonNull(
                    built(1, BuildReport.State.FAILED).orElseThrow().cause());
            assertThat(failed.step()).isEqualTo(Step.PULL_IMAGE);
            assertThat(failed.detail()).doesNotContain("s3cr3t");

            server.keep("s-registry", "{\"username\":\"robot\",\"password\":\"" + PASSWORD + "\"}");
            server.desire(new DesiredResource.Build(pulled.id() + "/2", 2, pulled));
            awaitTrue(() -> built(2, BuildReport.State.SUCCEEDED).isPresent());
            assertThat(engineHas(registry.reference()))
                    .as("nobody else has it for that")
                    .isFalse();

            // In a Dockerfile likewise; and what another may have is not given to whoever has no login.
            var from = new ImageRef("i-from-" + suffix, "from-" + suffix, 1);
            server.define(
                    from,
                    new ImageDefinition.Dockerfile(
                            "FROM " + registry.reference() + "\nENV BUILT=1\n",
                            Map.of(),
                            Map.of(),
                            null,
                            "s-registry"));
            var without = new ImageRef("i-without-" + suffix, "without-" + suffix, 1);
            server.define(
                    without,
                    new ImageDefinition.Dockerfile(
                            "FROM " + registry.reference() + "\nENV BUILT=2\n", Map.of(), Map.of(), null));
            server.desire(new DesiredResource.Build(from.id() + "/3", 3, from));
            awaitTrue(() -> built(3, BuildReport.State.SUCCEEDED).isPresent());
            server.desire(new DesiredResource.Build(without.id() + "/4", 4, without));
            awaitTrue(() -> built(4, BuildReport.State.FAILED).isPresent());
            assertThat(engineHas(registry.reference())).isFalse();
        }
    }

    private boolean engineHas(String reference) {
        return docker.client().listImagesCmd().withImageNameFilter(reference).exec().stream()
                .anyMatch(image -> List.of(image.getRepoTags()).contains(reference));
    }

    private Optional<BuildReport> built(int build, BuildReport.State state) {
        return server.last().stream()
                .flatMap(beat -> beat.builds().stream())
                .filter(report -> report.build() == build && report.state() == state)
                .findFirst();
    }
}
