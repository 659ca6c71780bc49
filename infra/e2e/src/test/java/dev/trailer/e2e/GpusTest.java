package dev.trailer.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trailer.e2e.Screen.within;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import tools.jackson.databind.JsonNode;

/**
 * GPUs on an agent that is a process of its own, with an {@code nvidia-smi} that this test writes. The engine has no
 * runtime for them, or none that knows these: containers are made and asked for, and their start is refused.
 */
@EndToEnd
@Order(6)
class GpusTest {
    private static final String FIRST = "GPU-7c1e3f0a-95d2-4a6b-8f11-2f6f0b7f4d10";
    private static final String SECOND = "GPU-b2a0d4c8-1e37-4c55-9a0e-6d5b8e2f9c11";
    private static final String PROGRAM = """
            #!/bin/sh
            case "$(cat 'PROGRAMS/mode')" in
              fine)
                echo 'FIRST, 535.161.08, 81559, 75303, 97, 61, 612.43, Disabled, NVIDIA H100 80GB HBM3'
                echo 'SECOND, 535.161.08, 81559, 4, 0, 29, 71.06, Disabled, NVIDIA H100 80GB HBM3'
                ;;
              hanging)
                sleep 600
                ;;
              *)
                echo "NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver."
                exit 9
                ;;
            esac
            """;
    /** Some looks at the GPUs, each of which may take its time limit, and the growing pauses between them. */
    private static final Duration LOOKS = Duration.ofMinutes(4);

    private static final double LOOKS_MILLIS = (double) LOOKS.toMillis();

    private final Trailer server = Trailer.started("gpu-server", "server");
    private final Up agent = Up.onNewData();
    private final Path programs = agent.data().resolveSibling("programs");
    private final Screen screen;
    private final List<Workspace> workspaces = new ArrayList<>();

    GpusTest(Browsers browsers) {
        // Maven may be interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(agent::stop));
        screen = browsers.stranger(server, "gpus");
    }

    @BeforeAll
    void an_agent_starts_on_a_machine_with_two_gpus() throws IOException {
        Files.createDirectories(programs);
        mode("fine");
        Path program = programs.resolve("nvidia-smi");
        Files.writeString(
                program,
                PROGRAM.replace("PROGRAMS", programs.toString())
                        .replace("FIRST", FIRST)
                        .replace("SECOND", SECOND));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        var host = server.api().post("/api/v1/hosts", "{\"name\":\"foundry\"}");
        var token = agent.data().resolveSibling("token");
        Files.writeString(token, host.path("enrolmentToken").asString());
        startAgent("--server", server.base().toString(), "--token-file", token.toString());
        Workspace.await("host online", () -> assertThat(host().path("state").asString())
                .as(host().toString())
                .isEqualTo("online"));
        var link = server.takeLink().orElseThrow();
        screen.arriveAt("Dashboard", link, link, server.base().toString());
    }

    @AfterAll
    void leave() {
        screen.close();
        try (server) {
            agent.stop();
            agent.keepLog(Checkout.kept("logs"), "gpu-agent");
        }
        agent.forget();
    }

    /** At once: nobody reads half a word. */
    private void mode(String mode) throws IOException {
        Path next = programs.resolve("next");
        Files.writeString(next, mode);
        Files.move(next, programs.resolve("mode"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void startAgent(String... more) {
        var options = new ArrayList<>(List.of("--mode", "agent"));
        options.addAll(List.of(more));
        agent.inBackgroundWith(Map.of("PATH", programs + ":" + System.getenv("PATH")), options.toArray(String[]::new))
                .succeeded();
    }

    private JsonNode host() {
        return server.api().items("/api/v1/hosts").getFirst();
    }

    private JsonNode capability() {
        return host().path("capability");
    }

    private static void seen(Locator locator) {
        assertThat(locator).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(LOOKS_MILLIS));
    }

    private void openHost() {
        screen.goTo("Hosts");
        screen.click(AriaRole.LINK, "foundry");
        seen(screen.heading("foundry"));
    }

    private JsonNode deviceRequests(Workspace workspace) {
        return workspace.container().path("HostConfig").path("DeviceRequests");
    }

    private void awaitToldWhyItDoesNotStart(Workspace workspace) {
        Awaitility.await(workspace.id()).atMost(LOOKS).untilAsserted(() -> {
            var reason = workspace.read().path("observed").path("reason");
            assertThat(reason.path("code").asString()).as(reason.toString()).isEqualTo("step_failed");
            assertThat(reason.path("params").path("step").asString()).isEqualTo("START_CONTAINER");
            assertThat(reason.path("params").path("detail").asString()).containsIgnoringCase("nvidia");
        });
    }

    @Test
    @Order(1)
    void the_hosts_page_shows_each_gpu() {
        Workspace.await(
                "two GPUs", () -> assertThat(capability().path("gpus").asInt()).isEqualTo(2));
        openHost();
        var table = screen.find(AriaRole.TABLE, "GPUs of this host");
        seen(table.getByText(FIRST));
        seen(table.getByText(SECOND));
        seen(table.getByText("NVIDIA H100 80GB HBM3").first());
        seen(screen.find(AriaRole.REGION, "GPUs").getByText("NVIDIA driver 535.161.08"));
    }

    @Test
    @Order(2)
    void what_they_do_arrives_and_is_drawn() {
        Awaitility.await("figures").atMost(LOOKS).untilAsserted(() -> {
            var gpus = server.api()
                    .get("/api/v1/hosts/" + host().path("id").asString() + "/metrics")
                    .path("gpus");
            assertThat(gpus.path(0).path("uuid").asString()).isEqualTo(FIRST);
            assertThat(gpus.path(0).path("points").path(0).path("busyPercent").asDouble())
                    .isEqualTo(97);
            assertThat(gpus.path(1).path("points").path(0).path("watts").asDouble())
                    .isEqualTo(71.06);
        });
        openHost();
        for (String chart : List.of("GPU busy", "GPU memory", "GPU temperature", "GPU power")) {
            seen(screen.page().getByText(chart, new com.microsoft.playwright.Page.GetByTextOptions().setExact(true)));
        }
        seen(screen.page().getByText("GPU 0 61 °C"));
        screen.shot("host-with-gpus");
    }

    @Test
    @Order(3)
    void two_workspaces_get_one_each_and_a_third_is_refused() {
        screen.goTo("Workspaces");
        screen.find(AriaRole.LINK, "Create workspace").first().click();
        var form = screen.find(AriaRole.FORM, "Create workspace");
        screen.fill("Name", "first");
        screen.choose("Image", "base");
        screen.fill("CPUs", "0.25");
        screen.choose("Memory unit", "MiB");
        screen.fill("Memory", "96");
        screen.fill("GPUs", "1");
        screen.shot("create-with-gpu");
        within(form, AriaRole.BUTTON, "Create workspace").click();
        seen(screen.heading("first"));
        workspaces.add(Workspace.named(server.api(), "first"));
        workspaces.add(Workspace.create(server.api(), spec("second")));
        var third = server.api().ask("POST", "/api/v1/workspaces", Api.JSON.writeValueAsString(spec("third")));
        assertThat(third.status()).as(third.text()).isEqualTo(409);
        assertThat(third.json().path("code").asString()).isEqualTo("no_capacity");
        workspaces.forEach(this::awaitToldWhyItDoesNotStart);
        var devices = new ArrayList<String>();
        for (Workspace workspace : workspaces) {
            var requests = deviceRequests(workspace);
            assertThat(requests.size()).isEqualTo(1);
            var request = requests.path(0);
            assertThat(request.path("Driver").asString()).isEqualTo("nvidia");
            assertThat(request.path("Capabilities").toString()).isEqualTo("[[\"gpu\"]]");
            assertThat(request.path("Count").asInt()).isZero();
            assertThat(request.path("DeviceIDs").size()).isEqualTo(1);
            devices.add(request.path("DeviceIDs").path(0).asString());
            assertThat(workspace.read().path("observed").path("gpus"))
                    .as("what is told of it")
                    .isEqualTo(request.path("DeviceIDs"));
        }
        assertThat(devices).containsExactlyInAnyOrder(FIRST, SECOND);
        seen(screen.find(AriaRole.REGION, "Observed").getByText("GPU-").first());
        screen.shot("workspace-with-gpu");
    }

    private static Map<String, Object> spec(String name) {
        return Map.of(
                "name",
                name,
                "image",
                "base",
                "host",
                "foundry",
                "resources",
                Map.of("cpus", 0.25, "memoryBytes", 96L << 20, "gpus", 1));
    }

    @Test
    @Order(4)
    void each_keeps_its_own_when_the_agent_is_killed() {
        var before = workspaces.stream()
                .map(workspace -> workspace.containerId() + deviceRequests(workspace))
                .toList();
        var process = ProcessHandle.of(agent.pid()).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().join();
        startAgent("--server", server.base().toString());
        Workspace.await("second session", () -> {
            assertThat(host().path("agent").path("epoch").asLong()).isEqualTo(2);
            assertThat(host().path("state").asString()).isEqualTo("online");
        });
        workspaces.forEach(this::awaitToldWhyItDoesNotStart);
        assertThat(workspaces.stream()
                        .map(workspace -> workspace.containerId() + deviceRequests(workspace))
                        .toList())
                .isEqualTo(before);
    }

    @Test
    @Order(5)
    @EnabledIfSystemProperty(
            named = "trailer.e2e",
            matches = "long",
            disabledReason = "two minutes of waiting for looks at the GPUs: with infra/verify --long")
    void a_program_that_hangs_and_a_driver_that_fails_are_told_and_so_is_their_end() throws IOException {
        openHost();
        var panel = screen.find(AriaRole.REGION, "GPUs");
        mode("hanging");
        seen(panel.getByText("nvidia-smi does not end"));
        assertThat(capability().path("gpus").asInt()).isZero();
        var refused = server.api().ask("POST", "/api/v1/workspaces", Api.JSON.writeValueAsString(spec("fourth")));
        assertThat(refused.status()).as(refused.text()).isEqualTo(409);
        Awaitility.await("told of a workspace").atMost(LOOKS).untilAsserted(() -> assertThat(workspaces
                        .getFirst()
                        .read()
                        .path("observed")
                        .path("reason")
                        .path("params")
                        .path("trouble")
                        .asString())
                .isEqualTo("TIMED_OUT"));
        screen.shot("host-with-hanging-gpus");
        mode("failing");
        seen(panel.getByText("driver of the host's GPUs does not work"));
        mode("fine");
        seen(screen.find(AriaRole.TABLE, "GPUs of this host").getByText(FIRST));
        assertThat(capability().path("gpuReason").isNull()).isTrue();
    }

    @Test
    @Order(6)
    void the_browser_had_nothing_to_complain_about() {
        assertThat(screen.complaints()).isEmpty();
    }
}
