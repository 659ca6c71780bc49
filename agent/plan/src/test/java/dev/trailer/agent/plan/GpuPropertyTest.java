package dev.trailer.agent.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.HostGpus.Gpu;
import dev.trailer.agent.protocol.ImageDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random histories of people, GPUs, containers and crashes, with lanes beside each other as the agent has them. A failure
 * names its seed; run that one with {@code -Dtrailer.seed=N}.
 */
class GpuPropertyTest {
    private static final int HISTORIES = 1_000;
    private static final int MOMENTS = 120;
    private static final List<String> WORKSPACES = List.of("a", "b", "c", "d", "e");
    private static final List<Power> POWERS = List.of(Power.RUNNING, Power.STOPPED, Power.REMOVED);

    @Test
    void no_gpu_is_ever_in_two_running_containers_and_none_runs_without_those_it_asked_for() {
        Long only = Long.getLong("trailer.seed");
        long from = only != null ? only : System.nanoTime();
        for (long seed = from; seed < (only != null ? from + 1 : from + HISTORIES); seed++) {
            try {
                new History(seed).play();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static final class History {
        private final Random random;
        private final SimulatedEngine engine = new SimulatedEngine(Script.US, Observed.NOTHING);
        private final Map<String, Deque<Action>> lanes = new TreeMap<>();
        private final List<String> ended = new ArrayList<>();
        private Desired desired = Desired.NOTHING;
        private Memory memory = Memory.EMPTY;
        private HostGpus machine = HostGpus.NONE;
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");
        private long generation;
        /** A call that the engine still carries out for an agent that is dead. */
        private @Nullable Action late;

        History(long seed) {
            random = new Random(seed);
            machine(null, 4);
        }

        void play() {
            // Its image is there from the start.
            engine.apply(new Action.PullImage(Script.BASE, new ImageDefinition.Reference("debian"), Set.of(), 0), now);
            for (int moment = 0; moment < MOMENTS; moment++) {
                happen();
                check();
            }
            settle();
        }

        private void happen() {
            now = now.plusSeconds(random.nextInt(40));
            switch (random.nextInt(12)) {
                case 0, 1 -> people();
                case 2, 3, 4 -> look();
                case 5, 6, 7, 8 -> step();
                case 9 -> exit();
                case 10 -> {
                    if (random.nextInt(3) == 0) {
                        crash();
                    }
                }
                default -> {
                    if (random.nextInt(3) == 0) {
                        machine(random.nextInt(4) == 0 ? GpuTrouble.TIMED_OUT : null, random.nextInt(5));
                    }
                }
            }
        }

        /** Asks for more than there is, too: a server may know the machine from before. */
        private void people() {
            String id = WORKSPACES.get(random.nextInt(WORKSPACES.size()));
            Workspace was = desired.workspaces().get(id);
            generation++;
            Workspace next = was == null || random.nextInt(3) == 0
                    ? Script.onGpus(id, generation, random.nextInt(3))
                    : Script.powered(was, POWERS.get(random.nextInt(POWERS.size())));
            desired = desired.merge(List.of(next));
        }

        /** GPUs come and go only while nothing runs on them: one that falls out is another tale, told by a script. */
        private void machine(@Nullable GpuTrouble trouble, int count) {
            var uuids = new ArrayList<String>();
            for (int i = 0; i < 4; i++) {
                String uuid = "GPU-" + i;
                boolean used = running().stream()
                        .anyMatch(container -> container.gpus().contains(uuid));
                if (i < count || used || lanes.values().stream().anyMatch(lane -> !lane.isEmpty())) {
                    uuids.add(uuid);
                }
            }
            engine.machine(uuids);
            machine = new HostGpus(
                    "535",
                    trouble != null
                            ? List.of()
                            : uuids.stream()
                                    .map(uuid -> new Gpu(uuid, "H100", 80L << 30, null))
                                    .toList(),
                    trouble);
        }

        private Plan look() {
            ended.forEach(lane -> memory = memory.ended(List.of(lane)));
            ended.clear();
            Observed observed = engine.observed().with(machine);
            memory = memory.seen(desired, observed, Script.US, now);
            Plan plan = Planner.plan(Script.US, desired, observed, memory, now);
            var planned = new TreeMap<String, List<Action>>();
            plan.actions().forEach(action -> planned.computeIfAbsent(action.lane(), _ -> new ArrayList<>())
                    .add(action));
            planned.forEach((lane, actions) -> {
                memory = memory.begins(actions);
                lanes.put(lane, new ArrayDeque<>(actions));
            });
            return plan;
        }

        /** One action of one lane. */
        private void step() {
            if (lanes.isEmpty()) {
                return;
            }
            String lane = List.copyOf(lanes.keySet()).get(random.nextInt(lanes.size()));
            Deque<Action> actions = lanes.get(lane);
            Action action = actions == null ? null : actions.poll();
            if (action == null || !isStillWanted(action)) {
                lanes.remove(lane);
                ended.add(lane);
                return;
            }
            memory = memory.begins(action);
            if (random.nextInt(12) == 0) {
                memory = memory.failed(action, "attempt", "scripted", now, random);
                lanes.remove(lane);
                ended.add(lane);
                return;
            }
            engine.apply(action, now);
            memory = memory.succeeded(action);
        }

        /** The plans that lanes act by are older than what is desired: the executor asks before each step. */
        private boolean isStillWanted(Action action) {
            return !(action instanceof Action.OnWorkspace of)
                    || Optional.ofNullable(desired.workspaces().get(of.workspace()))
                            .filter(workspace -> workspace.generation() == of.generation())
                            .isPresent();
        }

        private void exit() {
            List<Container> running = running();
            if (!running.isEmpty()) {
                Container container = running.get(random.nextInt(running.size()));
                engine.exit(container.name(), 1, container.startedAt(), now);
            }
        }

        /** All that the agent knew is lost. A container that was being made may come later yet. */
        private void crash() {
            applyLate();
            late = lanes.values().stream()
                    .map(Deque::peek)
                    .filter(action -> action instanceof Action.CreateContainer)
                    .findFirst()
                    .orElse(null);
            lanes.clear();
            ended.clear();
            memory = Memory.EMPTY;
            if (random.nextBoolean()) {
                applyLate();
            }
        }

        private void applyLate() {
            if (late instanceof Action.CreateContainer create) {
                String name =
                        Names.container(create.workspace(), create.desired().containerGeneration());
                if (engine.observed().containers().stream()
                        .noneMatch(made -> made.name().equals(name))) {
                    engine.apply(create, now);
                }
            }
            late = null;
        }

        private List<Container> running() {
            return engine.observed().containers().stream()
                    .filter(container -> container.status() == Status.RUNNING)
                    .toList();
        }

        private void check() {
            var seen = new HashSet<String>();
            running().forEach(container -> container.gpus().forEach(gpu -> assertThat(seen.add(gpu))
                    .as(gpu + " in two containers")
                    .isTrue()));
        }

        /** In the end each workspace runs on its GPUs or says why not, and nothing is left to do. */
        private void settle() {
            machine(null, 4);
            for (int i = 0; i < 60; i++) {
                look();
                while (!lanes.isEmpty()) {
                    step();
                    check();
                }
                now = now.plus(Duration.ofMinutes(6));
            }
            Plan last = look();
            assertThat(last.actions()).isEmpty();
            last.workspaces().forEach(report -> {
                Workspace workspace = desired.workspaces().get(report.workspace());
                if (workspace == null || workspace.power() != Power.RUNNING) {
                    return;
                }
                boolean told = report.cause() instanceof Cause.GpuUnavailable;
                boolean runs = running().stream()
                        .anyMatch(container -> container.id().equals(report.container())
                                && container.generation() == workspace.containerGeneration()
                                && container.gpus().size() == workspace.gpus());
                assertThat(told || runs).as("%s for %s", report, workspace).isTrue();
            });
        }
    }
}
