package dev.trailer.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static dev.trailer.e2e.Screen.within;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Must show 1: from one command to a running container, in a real browser; then what the engine says about it. */
@EndToEnd
@Order(1)
class FirstWorkspaceTest {
    private static final String DOCKERFILE = """
            FROM trailer/base
            USER root
            RUN mkdir /opt/tools && echo 'made by a RUN line' > /opt/tools/proof
            USER dev
            """;
    private static final double BUILD_LIMIT_MILLIS = 60_000;

    private final Trailer trailer;
    private final Browsers browsers;
    private final Screen screen;
    private @Nullable Workspace first;

    FirstWorkspaceTest(Trailer trailer, Browsers browsers) {
        this.trailer = trailer;
        this.browsers = browsers;
        screen = browsers.stranger(trailer, "first");
    }

    @AfterAll
    void leave() {
        screen.close();
    }

    /** What the engine says needs no telling where there is nothing to tell of. */
    private Workspace first() {
        assumeTrue(first != null, "no workspace was made on screen");
        return requireNonNull(first);
    }

    private JsonNode workspace() {
        return first().read();
    }

    private JsonNode container() {
        return first().container();
    }

    private String exec(String... command) {
        return first().exec(command);
    }

    private static void seen(Locator locator) {
        assertThat(locator).isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(BUILD_LIMIT_MILLIS));
    }

    @Test
    @Order(1)
    void the_link_that_infra_up_printed_signs_one_in() {
        screen.open(trailer.takeLink().orElseThrow());
        seen(screen.heading("Dashboard"));
        seen(screen.find(AriaRole.STATUS, "Connection").getByText("Live"));
        browsers.keepSession(screen);
        screen.shot("dashboard");
    }

    @Test
    @Order(2)
    void an_image_is_defined_on_top_of_base_and_built() {
        screen.goTo("Images");
        seen(screen.row("base"));
        screen.shot("images");
        screen.click(AriaRole.LINK, "Define image");
        screen.fill("Name", "tools");
        screen.fill("Dockerfile", DOCKERFILE);
        screen.shot("define-image");
        screen.click(AriaRole.BUTTON, "Define image");
        seen(screen.heading("tools"));
        screen.shot("image-defined");
        screen.click(AriaRole.BUTTON, "Build now");
        screen.click(AriaRole.MENUITEM, "On a host chosen for me");
        seen(screen.find(AriaRole.TABLE, "Builds").getByText("Succeeded"));
        screen.shot("image-built");
    }

    @Test
    @Order(3)
    void a_workspace_made_from_it_becomes_running_before_ones_eyes() {
        screen.goTo("Workspaces");
        screen.shot("workspaces-none");
        // There are two of these while the list is empty.
        screen.find(AriaRole.LINK, "Create workspace").first().click();
        var form = screen.find(AriaRole.FORM, "Create workspace");
        screen.fill("Name", "first");
        screen.choose("Image", "tools");
        screen.fill("CPUs", "0.5");
        screen.choose("Memory unit", "MiB");
        screen.fill("Memory", "192");
        // One volume is offered from the start.
        screen.fill("Volume name", "home");
        screen.fill("Mount path", "/home/dev");
        within(form, AriaRole.BUTTON, "Add variable").click();
        screen.fill("Variable name", "GREETING");
        screen.fill("Variable value", "hello you");
        screen.shot("create-workspace");
        within(form, AriaRole.BUTTON, "Create workspace").click();
        seen(screen.heading("first"));
        screen.shot("workspace-created");
        seen(screen.find(AriaRole.REGION, "Observed").getByText("Running", exactly()));
        screen.shot("workspace-running");
        screen.goTo("Workspaces");
        seen(screen.row("first", "Running"));
        first = Workspace.named(trailer.api(), "first");
        screen.shot("workspaces");
    }

    private static Locator.GetByTextOptions exactly() {
        return new Locator.GetByTextOptions().setExact(true);
    }

    @Test
    @Order(4)
    void the_other_screens_tell_of_it() {
        screen.goTo("Dashboard");
        var events = screen.find(AriaRole.LIST, "Events");
        seen(events.getByText("created workspace first").first());
        seen(events.getByText("defined image tools").first());
        screen.shot("dashboard-with-events");
        screen.goTo("Volumes");
        seen(screen.row("home", "In use"));
        screen.shot("volumes");
        screen.goTo("Hosts");
        seen(screen.row("local", "Online"));
        screen.shot("hosts");
        screen.click(AriaRole.LINK, "local");
        seen(screen.find(AriaRole.REGION, "Allotted to workspaces"));
        seen(screen.find(AriaRole.REGION, "Allotted to workspaces")
                .getByText("192 MiB")
                .first());
        screen.shot("host");
    }

    @Test
    @Order(5)
    void the_container_has_exactly_the_limits_that_were_asked_for() {
        var limits = container().path("HostConfig");
        assertThat(limits.path("NanoCpus").asLong()).isEqualTo(500_000_000);
        assertThat(limits.path("CpuQuota").asLong()).isZero();
        assertThat(limits.path("Memory").asLong()).isEqualTo(192L << 20);
        assertThat(limits.path("MemorySwap").asLong()).as("no swap beyond it").isEqualTo(192L << 20);
        assertThat(limits.path("DeviceRequests").isEmpty()).as("no GPUs").isTrue();
        var kernel =
                exec("sh", "-c", "cat /sys/fs/cgroup/memory.max || cat /sys/fs/cgroup/memory/memory.limit_in_bytes");
        assertThat(kernel.lines().toList())
                .as("what the kernel holds it to")
                .last()
                .isEqualTo("" + (192L << 20));
    }

    @Test
    @Order(6)
    void its_network_is_its_own_and_its_only_one() {
        var name = "trailer-" + workspace().path("id").asString();
        var container = container();
        assertThat(container.path("NetworkSettings").path("Networks").propertyNames())
                .containsExactly(name);
        var network = Engine.network(name);
        assertThat(network.path("Driver").asString()).isEqualTo("bridge");
        assertThat(network.path("Labels").path(Engine.WORKSPACE))
                .isEqualTo(workspace().path("id"));
        assertThat(network.path("Containers").propertyNames())
                .containsExactly(container.path("Id").asString());
        var subnets = Api.stream(network.path("IPAM").path("Config"));
        assertThat(subnets).hasSize(1);
        assertThat(subnets.getFirst().path("Subnet").asString()).matches("10\\.213\\.\\d+\\.\\d+/28");
    }

    @Test
    @Order(7)
    void its_volume_is_mounted_where_it_was_asked_to_be_and_nothing_else_is() {
        var volume = workspace().path("volumes").path(0).path("volume").asString();
        var mounts = Api.stream(container().path("Mounts"));
        assertThat(mounts).hasSize(1);
        var mount = mounts.getFirst();
        assertThat(mount.path("Type").asString()).isEqualTo("volume");
        assertThat(mount.path("Name").asString()).isEqualTo("trailer-" + volume);
        assertThat(mount.path("Destination").asString()).isEqualTo("/home/dev");
        assertThat(mount.path("RW").asBoolean()).isTrue();
        assertThat(container().path("HostConfig").path("Binds").isEmpty()).isTrue();
        assertThat(exec("sh", "-c", "echo written > ~/note && cat /home/dev/note"))
                .isEqualTo("written");
    }

    @Test
    @Order(8)
    void its_labels_say_whose_it_is() {
        var workspace = workspace();
        var labels = container().path("Config").path("Labels");
        assertThat(labels.path(Engine.INSTALL).asString()).matches("[0-9a-f-]{36}");
        assertThat(labels.path(Engine.HOST)).isEqualTo(workspace.path("hostId"));
        assertThat(labels.path(Engine.WORKSPACE)).isEqualTo(workspace.path("id"));
        assertThat(labels.path(Engine.GENERATION).asString())
                .isEqualTo(workspace.path("generation").asString());
        assertThat(workspace.path("observed").path("container"))
                .isEqualTo(container().path("Id"));
    }

    @Test
    @Order(9)
    void it_has_no_way_out_to_the_host() {
        var host = container().path("HostConfig");
        assertThat(host.path("Privileged").asBoolean()).isFalse();
        assertThat(Api.stream(host.path("SecurityOpt")))
                .as("the engine's own seccomp profile stays")
                .extracting(JsonNode::asString)
                .containsExactly("no-new-privileges");
        assertThat(Api.stream(host.path("CapDrop")))
                .extracting(JsonNode::asString)
                .containsExactly("ALL");
        assertThat(Api.stream(host.path("CapAdd")))
                .as("docs/security.md says why")
                .extracting(capability -> capability.asString().replaceFirst("^CAP_", ""))
                .containsExactlyInAnyOrder(
                        "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETGID", "SETUID");
        assertThat(Api.stream(host.path("MaskedPaths")))
                .extracting(JsonNode::asString)
                .contains("/proc/kcore", "/proc/keys");
        assertThat(Api.stream(host.path("ReadonlyPaths")))
                .extracting(JsonNode::asString)
                .contains("/proc/sys", "/proc/sysrq-trigger");
        for (String list : List.of("Devices", "PortBindings", "GroupAdd", "VolumesFrom", "Links")) {
            assertThat(host.path(list).isEmpty()).as(list).isTrue();
        }
        for (String namespace : List.of("PidMode", "IpcMode", "UTSMode", "UsernsMode", "NetworkMode")) {
            assertThat(host.path(namespace).asString()).as(namespace).isNotEqualTo("host");
        }
        assertThat(host.path("IpcMode").asString()).isEqualTo("private");
        assertThat(host.path("CgroupnsMode").asString()).isEqualTo("private");
        assertThat(host.path("PublishAllPorts").asBoolean()).isFalse();
        assertThat(host.path("PidsLimit").asLong()).as("no fork bomb").isEqualTo(4_096);
        assertThat(host.path("LogConfig").path("Config").path("max-size").asString())
                .isEqualTo("10m");
        assertThat(exec("sh", "-c", "ulimit -Hn; ulimit -c").lines()).containsExactly("16384", "0");
    }

    @Test
    @Order(10)
    void it_runs_what_was_built_as_the_images_user_with_the_environment_asked_for() {
        assertThat(exec("cat", "/opt/tools/proof")).isEqualTo("made by a RUN line");
        assertThat(container().path("Config").path("User").asString()).isEqualTo("dev");
        assertThat(exec("id", "-un")).isEqualTo("dev");
        assertThat(exec("printenv", "GREETING")).isEqualTo("hello you");
        assertThat(exec("git", "--version")).startsWith("git version");
    }

    @Test
    @Order(11)
    void the_browser_had_nothing_to_complain_about() {
        assertThat(screen.complaints()).isEmpty();
    }
}
