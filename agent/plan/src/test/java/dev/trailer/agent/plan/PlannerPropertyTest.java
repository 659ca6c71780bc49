package dev.trailer.agent.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Image;
import dev.trailer.agent.plan.Observed.Network;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.plan.Observed.Volume;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.protocol.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Properties over generated states. A failure names its seed; run that one with {@code -Dtrailer.seed=N}. */
class PlannerPropertyTest {
    private static final int CASES = 2_000;
    private static final List<String> WORKSPACES = List.of("w0", "w1", "w2", "w3");
    private static final List<String> VOLUMES = List.of("v0", "v1", "v2");

    private void forEachSeed(LongConsumer property) {
        Long only = Long.getLong("trailer.seed");
        long from = only != null ? only : System.nanoTime();
        for (long seed = from; seed < (only != null ? from + 1 : from + CASES); seed++) {
            try {
                property.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    @Test
    void from_any_state_it_converges_and_then_plans_nothing() {
        forEachSeed(seed -> {
            var random = new Random(seed);
            var script = new Script(observed(random), seed);
            script.desire(desired(random));
            for (int i = 0; i < 30; i++) {
                script.pass();
                script.later(Duration.ofMinutes(6));
            }
            Plan last = script.pass();
            assertThat(last.actions()).isEmpty();
            last.workspaces().forEach(report -> {
                Workspace workspace = requireNonNull(script.desired.workspaces().get(report.workspace()));
                if (hasNewer(script, workspace)) {
                    return;
                }
                assertThat(report.phase())
                        .isEqualTo(
                                switch (workspace.power()) {
                                    case RUNNING -> Phase.RUNNING;
                                    case STOPPED -> Phase.STOPPED;
                                    case REMOVED -> Phase.GONE;
                                });
                long running = ours(script, workspace)
                        .filter(container -> container.status() == Status.RUNNING)
                        .count();
                assertThat(running).isEqualTo(workspace.power() == Power.RUNNING ? 1 : 0);
            });
        });
    }

    @Test
    void nothing_without_our_labels_is_ever_touched_and_no_volume_lost() {
        forEachSeed(seed -> {
            var random = new Random(seed);
            Observed before = observed(random);
            var script = new Script(before, seed);
            script.desire(desired(random));
            for (int i = 0; i < 10; i++) {
                script.pass();
                script.later(i == 5 ? Duration.ofDays(8) : Duration.ofMinutes(6));
            }
            Observed after = script.engine.observed();
            assertThat(after.containers()).containsAll(foreign(before));
            assertThat(after.networks())
                    .containsAll(before.networks().stream()
                            .filter(network -> !Script.US.owns(network.labels()))
                            .toList());
            assertThat(after.images().stream().map(Image::id).toList())
                    .containsAll(before.images().stream()
                            .filter(image ->
                                    !Script.US.host().equals(image.labels().get(Names.BUILT_BY_LABEL))
                                            || !Script.US
                                                    .install()
                                                    .equals(image.labels().get(Labels.INSTALL)))
                            .map(Image::id)
                            .toList());
            Set<String> deleted = script.desired.volumes().values().stream()
                    .filter(DesiredResource.Volume::remove)
                    .map(volume -> Names.volume(volume.id()))
                    .collect(Collectors.toSet());
            assertThat(after.volumes())
                    .containsAll(before.volumes().stream()
                            .filter(volume -> !Script.US.owns(volume.labels()) || !deleted.contains(volume.name()))
                            .toList());
        });
    }

    @Test
    void an_empty_desired_state_plans_nothing_at_all() {
        forEachSeed(seed -> {
            Observed observed = observed(new Random(seed));
            Plan plan = Planner.plan(Script.US, Desired.NOTHING, observed, Memory.EMPTY, Instant.EPOCH);
            assertThat(plan.actions()).isEmpty();
        });
    }

    @Test
    void within_a_workspace_all_removals_come_before_all_additions() {
        forEachSeed(seed -> {
            var random = new Random(seed);
            var script = new Script(observed(random), seed);
            script.desire(desired(random));
            for (int i = 0; i < 5; i++) {
                var removals =
                        script.pass().actions().stream().map(Action::removes).toList();
                assertThat(removals.lastIndexOf(true)).isLessThan(firstAddition(removals));
            }
        });
    }

    private static int firstAddition(List<Boolean> removals) {
        int first = removals.indexOf(false);
        return first < 0 ? Integer.MAX_VALUE : first;
    }

    private static boolean hasNewer(Script script, Workspace workspace) {
        return ours(script, workspace)
                .anyMatch(container ->
                        container.generation() > workspace.containerGeneration() || container.generation() < 0);
    }

    private static Stream<Container> ours(Script script, Workspace workspace) {
        return script.engine.observed().containers().stream()
                .filter(container -> Script.US.owns(container.labels()) && container.of(workspace.id()));
    }

    private static List<Container> foreign(Observed observed) {
        return observed.containers().stream()
                .filter(container -> !Script.US.owns(container.labels()))
                .toList();
    }

    private static DesiredResource[] desired(Random random) {
        var resources = new ArrayList<DesiredResource>();
        for (String id : WORKSPACES) {
            if (random.nextInt(4) > 0) {
                String[] mounts =
                        VOLUMES.stream().filter(_ -> random.nextInt(4) == 0).toArray(String[]::new);
                var plain = Script.workspace(
                        id,
                        1 + random.nextInt(4),
                        pick(random, List.of(Power.RUNNING, Power.STOPPED, Power.REMOVED)),
                        random.nextBoolean() ? Script.BASE : Script.API,
                        mounts);
                resources.add(random.nextInt(3) == 0 ? Script.furnished(plain) : plain);
            }
        }
        for (String id : VOLUMES) {
            if (random.nextBoolean()) {
                resources.add(Script.volume(id, random.nextBoolean()));
            }
        }
        if (random.nextBoolean()) {
            resources.add(
                    random.nextBoolean()
                            ? Script.build(1, Script.API)
                            : new DesiredResource.Build("i-api/2", 2, Script.API, true));
        }
        return resources.toArray(DesiredResource[]::new);
    }

    private static Observed observed(Random random) {
        var containers = new ArrayList<Container>();
        var networks = new ArrayList<Network>();
        var volumes = new ArrayList<Volume>();
        var images = new ArrayList<Image>();
        for (String id : VOLUMES) {
            if (random.nextBoolean()) {
                volumes.add(new Volume(Names.volume(id), labels(random, Map.of(Labels.VOLUME, id))));
            }
        }
        for (String id : WORKSPACES) {
            for (int generation = 1; generation <= 5; generation++) {
                if (random.nextInt(5) == 0) {
                    containers.add(container(random, id, generation, containers.size()));
                }
            }
            if (random.nextBoolean()) {
                networks.add(new Network("n-" + id, Names.network(id), labels(random, Map.of(Labels.WORKSPACE, id))));
            }
        }
        for (int version = 1; version <= 9; version++) {
            if (random.nextInt(3) == 0) {
                var made = labels(random, Map.of(Names.IMAGE_LABEL, "i-old/" + version));
                if (random.nextInt(4) > 0) {
                    made.put(Names.BUILT_BY_LABEL, Script.US.host());
                }
                images.add(new Image("sha256:old" + version, Set.of("trailer/old:" + version), made, 1));
            }
        }
        if (random.nextBoolean()) {
            images.add(new Image(
                    "sha256:x",
                    Set.of("trailer/base:1"),
                    labels(random, Map.of(Names.IMAGE_LABEL, "i-base/1")),
                    random.nextInt(1000)));
        }
        return new Observed(containers, networks, volumes, images);
    }

    private static Container container(Random random, String workspace, int generation, int number) {
        Status status = pick(random, List.of(Status.CREATED, Status.RUNNING, Status.EXITED, Status.DEAD));
        Map<String, String> labels =
                labels(random, Map.of(Labels.WORKSPACE, workspace, Labels.GENERATION, Integer.toString(generation)));
        // A name of its own where the labels are another's: the engine allows each name once.
        String name = Names.container(workspace, generation) + (Script.US.owns(labels) ? "" : "-other");
        return new Container(
                "old" + number,
                name,
                labels,
                status,
                random.nextInt(3),
                false,
                Instant.parse("2025-12-31T23:00:00Z"),
                Instant.parse("2025-12-31T23:00:10Z"),
                random.nextInt(3) == 0 ? Set.of(Names.volume(VOLUMES.get(random.nextInt(3)))) : Set.of(),
                List.of(),
                "sha256:old" + random.nextInt(9));
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Ours mostly; sometimes another host's, another install's or nobody's. */
    private static Map<String, String> labels(Random random, Map<String, String> more) {
        var labels = new HashMap<>(more);
        switch (random.nextInt(8)) {
            case 0 -> {}
            case 1 -> labels.putAll(new Identity("install", "other").labels());
            case 2 -> labels.putAll(new Identity("other", "host").labels());
            default -> labels.putAll(Script.US.labels());
        }
        return labels;
    }
}
