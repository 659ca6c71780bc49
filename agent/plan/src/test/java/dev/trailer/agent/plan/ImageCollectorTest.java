package dev.trailer.agent.plan;

import static dev.trailer.agent.plan.Script.workspace;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Image;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.HostImages.Held;
import dev.trailer.agent.protocol.HostImages.Standing;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Labels;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which images go, and which stay whatever happens. */
class ImageCollectorTest {
    private static final Duration LONG = ImagePolicy.DEFAULT.unneeded().plusDays(1);

    private final List<Image> images = new ArrayList<>();
    private final List<Container> containers = new ArrayList<>();

    private static Map<String, String> builtBy(String install, String host, int version) {
        return Map.of(Labels.INSTALL, install, Names.BUILT_BY_LABEL, host, Names.IMAGE_LABEL, "i-base/" + version);
    }

    private ImageCollectorTest version(int version, Map<String, String> labels, String... tags) {
        images.add(new Image("sha256:" + version, Set.of(tags), labels, 1));
        return this;
    }

    private ImageCollectorTest versions(int upTo) {
        for (int version = 1; version <= upTo; version++) {
            version(version, builtBy("install", "host", version), "trailer/base:" + version);
        }
        return this;
    }

    /** What is taken away while a workspace runs on a version, and time passes. */
    private List<String> goneAfter(int wanted, Duration... passing) {
        var script = new Script(new Observed(containers, List.of(), List.of(), images), 1);
        script.desire(workspace("w", 1, Power.RUNNING, new ImageRef("i-base", "base", wanted)))
                .settle();
        for (Duration time : passing) {
            script.later(time).settle();
        }
        return gone(script);
    }

    private static List<String> gone(Script script) {
        return script.log().stream()
                .filter(line -> line.startsWith("- remove image"))
                .map(line -> line.replace("- remove image ", ""))
                .toList();
    }

    @Test
    void old_versions_go_once_nothing_has_needed_them_for_a_week_and_the_newest_three_stay() {
        assertThat(versions(6).goneAfter(6, LONG))
                .containsExactlyInAnyOrder("trailer/base:1", "trailer/base:2", "trailer/base:3");
    }

    @Test
    void nothing_goes_before_its_time() {
        assertThat(versions(6).goneAfter(6, Duration.ofDays(6))).isEmpty();
    }

    @Test
    void what_was_built_lately_stays_though_nothing_was_seen_to_need_it() {
        var soon = Instant.parse("2026-01-01T00:00:00Z").plus(LONG).minus(Duration.ofDays(1));
        versions(5);
        images.replaceAll(image -> new Image(image.id(), image.tags(), image.labels(), 1, soon));
        assertThat(goneAfter(5, LONG)).isEmpty();
    }

    @Test
    void what_a_workspace_is_to_run_on_stays_however_old() {
        assertThat(versions(6).goneAfter(1, LONG)).containsExactlyInAnyOrder("trailer/base:2", "trailer/base:3");
    }

    @Test
    void what_any_container_uses_stays_also_another_hosts() {
        containers.add(new Container(
                "c",
                "elsewhere",
                Map.of(),
                Status.EXITED,
                0,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                Set.of(),
                List.of(),
                "sha256:2"));
        assertThat(versions(5).goneAfter(5, LONG)).containsExactly("trailer/base:1");
    }

    @Test
    void what_another_host_or_install_built_or_somebody_named_stays() {
        version(1, builtBy("install", "other", 1), "trailer/base:1");
        version(2, builtBy("other", "host", 2), "trailer/base:2");
        version(3, builtBy("install", "host", 3), "trailer/base:3", "mine:latest");
        version(4, new HashMap<>(Map.of(Labels.INSTALL, "install", Names.IMAGE_LABEL, "i-base/4")), "trailer/base:4");
        for (int version = 5; version <= 8; version++) {
            version(version, builtBy("install", "host", version), "trailer/base:" + version);
        }
        assertThat(goneAfter(8, LONG)).containsExactly("trailer/base:5");
    }

    @Test
    void what_has_lost_its_name_to_a_newer_build_goes_by_the_engines_id() {
        version(1, builtBy("install", "host", 1), "trailer/base:1");
        images.add(new Image("sha256:old", Set.of(), builtBy("install", "host", 1), 1));
        assertThat(goneAfter(1, LONG)).containsExactly("sha256:old");
    }

    @Test
    void with_nothing_desired_nothing_goes() {
        versions(6);
        var script = new Script(new Observed(containers, List.of(), List.of(), images), 1);
        script.settle();
        script.later(LONG).settle();
        assertThat(script.log()).isEmpty();
    }

    @Test
    void what_a_stopped_workspace_is_to_start_from_stays_though_it_has_no_container() {
        versions(6);
        var script = new Script(new Observed(containers, List.of(), List.of(), images), 1);
        script.desire(
                        workspace("w", 1, Power.RUNNING, new ImageRef("i-base", "base", 6)),
                        workspace("idle", 1, Power.STOPPED, new ImageRef("i-base", "base", 2)))
                .settle();
        script.later(LONG).settle();
        assertThat(gone(script)).containsExactlyInAnyOrder("trailer/base:1", "trailer/base:3");
    }

    @Test
    void a_host_keeps_as_many_and_as_long_as_it_is_told() {
        versions(6);
        var script = new Script(new Observed(containers, List.of(), List.of(), images), 1);
        script.policy = new ImagePolicy(1, Duration.ofHours(1));
        script.desire(workspace("w", 1, Power.RUNNING, new ImageRef("i-base", "base", 3)))
                .settle();
        script.later(Duration.ofMinutes(59)).settle();
        assertThat(gone(script)).isEmpty();
        script.later(Duration.ofMinutes(1)).settle();
        assertThat(gone(script))
                .containsExactlyInAnyOrder("trailer/base:1", "trailer/base:2", "trailer/base:4", "trailer/base:5");
    }

    @Test
    void what_is_there_is_told_with_why_and_until_when() {
        versions(6);
        var script = new Script(new Observed(containers, List.of(), List.of(), images), 1);
        script.desire(workspace("w", 1, Power.RUNNING, new ImageRef("i-base", "base", 1)));
        var first = Objects.requireNonNull(script.pass().images());
        assertThat(first.keptVersions()).isEqualTo(3);
        assertThat(first.keptSeconds()).isEqualTo(7 * 86_400);
        var goesAt = script.now.plus(ImagePolicy.DEFAULT.unneeded());
        assertThat(first.held())
                .containsExactly(
                        new Held("i-base", 6, 1, Standing.KEPT, null),
                        new Held("i-base", 5, 1, Standing.KEPT, null),
                        new Held("i-base", 4, 1, Standing.KEPT, null),
                        new Held("i-base", 3, 1, Standing.GOING, goesAt),
                        new Held("i-base", 2, 1, Standing.GOING, goesAt),
                        new Held("i-base", 1, 1, Standing.NEEDED, null));
        script.settle();
        script.later(Duration.ofDays(1));
        var later = Objects.requireNonNull(script.pass().images());
        assertThat(later.held().getLast()).isEqualTo(new Held("i-base", 1, 1, Standing.IN_USE, null));
        assertThat(later.held().get(3))
                .as("it does not flicker")
                .isEqualTo(first.held().get(3));
    }

    @Test
    void what_was_taken_away_is_built_again_when_it_is_needed() {
        var script = new Script(Observed.NOTHING, 1);
        script.policy = new ImagePolicy(1, Duration.ofHours(1));
        var old = new ImageRef("i-base", "base", 1);
        var next = new ImageRef("i-base", "base", 2);
        script.definitions.put(next, new ImageDefinition.Reference("debian"));
        script.desire(workspace("w", 1, Power.RUNNING, old)).settle();
        script.desire(workspace("w", 2, Power.RUNNING, next)).settle();
        script.later(Duration.ofHours(1)).settle();
        assertThat(gone(script)).containsExactly("trailer/base:1");
        script.desire(workspace("w", 3, Power.RUNNING, old)).settle();
        assertThat(script.log()).contains("- pull trailer/base:1", "- create w gen 3", "- start w");
    }

    @Test
    void one_that_is_being_taken_away_is_waited_for_and_then_built_again() {
        versions(4);
        var script = new Script(new Observed(containers, List.of(), List.of(), images), 1);
        script.definitions.put(new ImageRef("i-base", "base", 1), new ImageDefinition.Reference("debian"));
        script.desire(workspace("w", 1, Power.RUNNING, new ImageRef("i-base", "base", 4)))
                .settle();
        var removal = new Action.RemoveImage("i-base/1", "trailer/base:1");
        script.memory = script.memory.begins(removal);
        script.desire(workspace("late", 1, Power.RUNNING, new ImageRef("i-base", "base", 1)));
        assertThat(script.pass().actions()).isEmpty();
        assertThat(script.log()).contains("= late PREPARING working REMOVE_IMAGE");
        script.engine.apply(removal, script.now);
        script.memory = script.memory.succeeded(removal).ended(List.of(removal.lane()));
        script.settle();
        assertThat(script.log()).contains("- pull trailer/base:1", "- start late");
    }

    @Test
    void that_it_could_not_be_taken_away_keeps_nobody_from_using_or_building_it() {
        versions(5);
        var script = new Script(new Observed(containers, List.of(), List.of(), images), 1);
        script.definitions.put(new ImageRef("i-base", "base", 1), new ImageDefinition.Reference("debian"));
        script.desire(workspace("w", 1, Power.RUNNING, new ImageRef("i-base", "base", 5)))
                .settle();
        script.fail("remove image trailer/base:1").later(LONG).settle();
        assertThat(script.log()).contains("! remove image trailer/base:1", "- remove image trailer/base:2");
        script.later(Duration.ofHours(1)).settle();
        assertThat(script.log()).as("not every few minutes").noneMatch(line -> line.contains("remove image"));
        script.engine.apply(new Action.RemoveImage("i-base/1", "trailer/base:1"), script.now);
        script.desire(workspace("late", 1, Power.RUNNING, new ImageRef("i-base", "base", 1)))
                .settle();
        assertThat(script.log()).contains("- pull trailer/base:1", "- start late");
    }

    @Test
    void few_go_at_once() {
        versions(9);
        var script = new Script(new Observed(containers, List.of(), List.of(), images), 1);
        script.desire(workspace("w", 1, Power.RUNNING, new ImageRef("i-base", "base", 9)))
                .settle();
        script.later(LONG);
        assertThat(script.pass().actions()).hasSize(ImageCollector.MAX_AT_ONCE);
    }
}
