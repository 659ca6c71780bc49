package dev.trailer.agent.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Mount;
import dev.trailer.agent.protocol.DesiredResource.Power;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is said arrives as it was said, and what a newer side adds does no harm. */
class WireTest {
    private static final ImageRef BASE = new ImageRef("i", "base", 1);

    private final JsonMapper json = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    static List<Record> messages() {
        return List.of(
                new Enrolment.Request("token", "hash"),
                new Enrolment.Answer("install", "host", "name"),
                new SessionOpening.Request("1", new HostFacts(1, 2, 0, "docker", "20", "1.41", "linux", "x86")),
                new SessionOpening.Answer(3, "token", new Pace(5_000, 15_000)),
                new DesiredState(
                        "t",
                        7,
                        true,
                        List.of(
                                new DesiredResource.Workspace(
                                        "w",
                                        "dev",
                                        2,
                                        1,
                                        Power.RUNNING,
                                        BASE,
                                        1_500,
                                        1 << 30,
                                        0,
                                        Map.of("A", "b"),
                                        List.of(new Mount("v", "/data"))),
                                new DesiredResource.Volume("v", true),
                                new DesiredResource.Volume("w", false, "v"),
                                new DesiredResource.Build("i/1", 1, BASE),
                                new DesiredResource.Build("i/2", 2, BASE, true),
                                new DesiredResource.Forget("x"))),
                new Heartbeat(
                        1,
                        2,
                        true,
                        new HostFacts(1, 2, 0, "docker", "20", "1.41", "linux", "x86"),
                        new HostMetrics(1.5, 2, 3, 0.5, 4, 5),
                        List.of(
                                new WorkspaceReport("a", 1, Phase.RUNNING, null, "c"),
                                new WorkspaceReport("b", 1, Phase.PREPARING, new Cause.Working(Step.BUILD_IMAGE), null),
                                new WorkspaceReport("c", 1, Phase.FAILED, new Cause.Exited(137, true), "c"),
                                new WorkspaceReport("d", 1, Phase.FAILED, new Cause.CrashLoop(1, false), "c"),
                                new WorkspaceReport("e", 1, Phase.FAILED, new Cause.EngineDown(), null),
                                new WorkspaceReport(
                                        "f",
                                        1,
                                        Phase.FAILED,
                                        new Cause.StepFailed(Step.CREATE_NETWORK, "attempt", "words"),
                                        null),
                                new WorkspaceReport(
                                        "g",
                                        1,
                                        Phase.FAILED,
                                        new Cause.GpuUnavailable(GpuTrouble.GONE),
                                        "c",
                                        List.of("GPU-1")),
                                new WorkspaceReport(
                                        "h",
                                        1,
                                        Phase.RUNNING,
                                        new Cause.Unhealthy(true, "episode", "exit status 1"),
                                        "c",
                                        List.of(),
                                        Health.UNHEALTHY)),
                        List.of(new VolumeReport("v", true), new VolumeReport("w", false).measured(5)),
                        List.of(new BuildReport("i", 1, BuildReport.State.SUCCEEDED, "sha256:1", 5, null)),
                        List.of("trailer-x"),
                        List.of(new WorkspaceUsage("a", 250.5, 1 << 20, 1, 2, 3, 4, 5)),
                        List.of(new GpuUsage("GPU-1", 50.5, 1L << 30, null, 40.0, null)),
                        new HostImages(
                                3,
                                604_800,
                                List.of(
                                        new HostImages.Held("i", 2, 1_000, HostImages.Standing.IN_USE, null),
                                        new HostImages.Held(
                                                "i",
                                                1,
                                                1_000,
                                                HostImages.Standing.GOING,
                                                Instant.parse("2026-01-02T03:04:05.678Z"))))),
                new HostFacts(
                        1,
                        2,
                        2,
                        "docker",
                        "20",
                        "1.41",
                        "linux",
                        "x86",
                        new HostGpus(
                                "535",
                                List.of(
                                        new HostGpus.Gpu("GPU-1", "H100", 80L << 30, null),
                                        new HostGpus.Gpu("MIG-1", "A100", 20L << 30, "GPU-2")),
                                GpuTrouble.INCOMPLETE)),
                new Heartbeat.Answer(new Pace(5_000, 15_000), "t", 7),
                new AttemptReport(
                        1,
                        List.of(new Attempt(
                                "a",
                                "image:i/1",
                                0,
                                1_500,
                                3,
                                Attempt.Outcome.FAILED,
                                List.of(new Attempt.Taken(
                                        Step.BUILD_IMAGE,
                                        5,
                                        1_400,
                                        Attempt.Outcome.FAILED,
                                        new Attempt.Progress(2, 7, "RUN false"),
                                        "words",
                                        List.of("last line"))))),
                        List.of(new AttemptReport.Output("a", 1, List.of("line")))),
                new Transfer.Orders(List.of(new Transfer.Order("t", "v", Transfer.Direction.SEND))),
                new Transfer.Result(null, 5, "ab"),
                new Transfer.Result("the engine's words", 0, null),
                new ImageDefinition.Dockerfile("FROM scratch", Map.of("a", "b"), Map.of("C", "d"), BASE),
                new ImageDefinition.Reference("debian"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void what_is_said_arrives_as_it_was_said(Record message) {
        Class<?> type = message instanceof ImageDefinition ? ImageDefinition.class : message.getClass();
        assertThat(json.readValue(json.writeValueAsString(message), type)).isEqualTo(message);
    }

    @Test
    void kinds_and_phases_have_names_that_stay() {
        assertThat(json.writeValueAsString(
                        new WorkspaceReport("w", 1, Phase.FAILED, new Cause.Working(Step.PULL_IMAGE), null)))
                .isEqualTo("{\"workspace\":\"w\",\"generation\":1,\"phase\":\"failed\","
                        + "\"cause\":{\"kind\":\"working\",\"step\":\"pull-image\"},\"container\":null,\"gpus\":[]}");
    }

    @Test
    void an_older_agents_report_on_a_volume_has_no_size() {
        var server = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .build();
        assertThat(server.readValue("{\"volume\":\"v\",\"gone\":false}", VolumeReport.class))
                .isEqualTo(new VolumeReport("v", false));
    }

    @Test
    void a_health_check_keeps_its_bounds_whoever_names_its_figures() {
        var least = new HealthCheck(List.of("x"), 2_000, 1_000, 1, 0, true);
        assertThat(new HealthCheck(List.of("x"), 0, -1, 0, -5, true)).isEqualTo(least);
        var most =
                new HealthCheck(List.of("x"), Long.MAX_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, true);
        assertThat(most).isEqualTo(new HealthCheck(List.of("x"), 3_600_000, 60_000, 20, 3_600_000, true));
    }

    @Test
    void an_unknown_field_is_ignored() {
        assertThat(json.readValue("{\"heartbeatMillis\":1,\"leaseMillis\":2,\"new\":{}}", Pace.class))
                .isEqualTo(new Pace(1, 2));
    }
}
