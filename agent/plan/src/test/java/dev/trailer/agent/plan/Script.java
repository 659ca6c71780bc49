package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.BuildReport;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.Build;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Mount;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Volume;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.WorkspaceReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plays desired states and mishaps against the simulated engine and writes down, line by line, what was planned. */
final class Script {
    static final Identity US = new Identity("install", "host");
    static final ImageRef BASE = new ImageRef("i-base", "base", 1);
    static final ImageRef API = new ImageRef("i-api", "api", 2);

    final SimulatedEngine engine;
    final Map<ImageRef, ImageDefinition> definitions = new HashMap<>();
    final Set<String> failing = new HashSet<>();
    Desired desired = Desired.NOTHING;
    Memory memory = Memory.EMPTY;
    HostGpus gpus = HostGpus.NONE;
    ImagePolicy policy = ImagePolicy.DEFAULT;
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private @Nullable List<WorkspaceReport> lastReports;
    private int attempts;
    int reportChanges;

    Script() {
        this(Observed.NOTHING, 1);
    }

    Script(Observed before, long seed) {
        engine = new SimulatedEngine(US, before);
        random = new Random(seed);
        definitions.put(BASE, new ImageDefinition.Reference("debian"));
        definitions.put(API, new ImageDefinition.Dockerfile("FROM trailer/base", Map.of(), Map.of(), BASE));
    }

    Script desire(DesiredResource... resources) {
        desired = desired.merge(List.of(resources));
        return this;
    }

    Script later(Duration time) {
        now = now.plus(time);
        return this;
    }

    /** A failing step is named as in the golden lines, e.g. {@code start w}. */
    Script fail(String action) {
        failing.add(action);
        return this;
    }

    /** One look: plans, writes down the reports and carries the actions out. */
    Plan pass() {
        Observed observed = engine.observed().with(gpus);
        memory = memory.seen(desired, observed, US, now);
        Plan plan = Planner.plan(US, policy, desired, observed, memory, now);
        if (lastReports != null && !lastReports.equals(plan.workspaces())) {
            reportChanges++;
        }
        lastReports = plan.workspaces();
        plan.workspaces().forEach(report -> lines.add(line(report)));
        plan.builds()
                .forEach(report -> lines.add("= build " + report.build() + " " + report.state()
                        + (report.cause() == null ? "" : " " + cause(report.cause()))));
        plan.strays().forEach(stray -> lines.add("= stray " + stray));
        var stuck = new HashSet<String>();
        for (Action action : plan.actions()) {
            if (stuck.contains(action.lane())) {
                continue;
            }
            memory = memory.begins(action);
            if (failing.contains(name(action))) {
                lines.add("! " + name(action));
                memory = memory.failed(action, "attempt-" + attempts++, "scripted", now, random);
                stuck.add(action.lane());
            } else {
                lines.add("- " + name(action));
                engine.apply(action, now);
                if (action instanceof Action.FetchDefinition fetch) {
                    ImageDefinition definition = definitions.get(fetch.image());
                    if (definition != null) {
                        memory = memory.learned(fetch.image(), definition);
                    }
                }
                memory = memory.succeeded(action);
            }
            memory = memory.ended(List.of(action.lane()));
        }
        return plan;
    }

    /** Looks again until nothing is left to do. */
    Script settle() {
        for (int i = 0; i < 40; i++) {
            if (pass().actions().isEmpty()) {
                return this;
            }
        }
        throw new AssertionError("does not settle:\n" + String.join("\n", lines));
    }

    /** What was written down since the last time. */
    List<String> log() {
        var all = List.copyOf(lines);
        lines.clear();
        return all;
    }

    BuildReport build(Plan plan) {
        return plan.builds().getFirst();
    }

    static String name(Action action) {
        return switch (action) {
            case Action.FetchDefinition fetch -> "fetch " + Names.image(fetch.image());
            case Action.BuildImage build -> "build " + Names.image(build.image());
            case Action.PullImage pull -> "pull " + Names.image(pull.image());
            case Action.CreateNetwork create -> "network " + create.workspace();
            case Action.CreateVolume create -> "volume " + create.volume() + " for " + create.workspace();
            case Action.CreateContainer create ->
                "create " + create.workspace() + " gen " + create.desired().containerGeneration()
                        + (create.gpus().isEmpty() ? "" : " on " + String.join(" ", create.gpus()));
            case Action.StartContainer start -> "start " + start.workspace();
            case Action.GiveSecrets give -> "give secrets to " + give.workspace();
            case Action.CloneRepository clone -> "clone into " + clone.workspace();
            case Action.StopContainer stop -> "stop " + stop.workspace();
            case Action.RemoveContainer remove -> "remove " + remove.workspace();
            case Action.RemoveNetwork remove -> "remove network " + remove.workspace();
            case Action.RemoveVolume remove -> "remove volume " + remove.volume();
            case Action.CopyVolume copy -> "copy " + copy.from() + " to " + copy.volume();
            case Action.RemoveHelper remove -> "remove helper of " + remove.volume();
            case Action.RemoveImage remove -> "remove image " + remove.reference();
        };
    }

    private static String line(WorkspaceReport report) {
        return "= " + report.workspace() + " " + report.phase()
                + (report.health() == null ? "" : " " + report.health())
                + (report.cause() == null ? "" : " " + cause(report.cause()));
    }

    private static String cause(Cause cause) {
        return switch (cause) {
            case Cause.Working working -> "working " + working.step();
            case Cause.Exited exited -> "exited " + exited.exitCode();
            case Cause.CrashLoop loop -> "crash-loop " + loop.exitCode();
            case Cause.StepFailed failed -> "failed " + failed.step();
            case Cause.EngineDown _ -> "engine-down";
            case Cause.GpuUnavailable gpu -> "gpu " + gpu.trouble();
            case Cause.Unhealthy unhealthy -> "because " + unhealthy.detail();
        };
    }

    /** What is in the machine from now on. */
    Script machine(@Nullable GpuTrouble trouble, String... uuids) {
        gpus = new HostGpus(
                "535",
                List.of(uuids).stream()
                        .map(uuid -> new HostGpus.Gpu(uuid, "H100", 80L << 30, null))
                        .toList(),
                trouble);
        engine.machine(List.of(uuids));
        return this;
    }

    /** One of the given generation that runs on so many GPUs. */
    static Workspace onGpus(String id, long generation, int count) {
        return new Workspace(
                id, id, generation, generation, Power.RUNNING, BASE, 1_000, 64 << 20, count, Map.of(), List.of());
    }

    static Workspace workspace(String id, long generation, Power power, ImageRef image, String... volumes) {
        return new Workspace(
                id,
                id,
                generation,
                generation,
                power,
                image,
                1_000,
                64 << 20,
                0,
                Map.of(),
                List.of(volumes).stream()
                        .map(volume -> new Mount(volume, "/" + volume))
                        .toList());
    }

    /** The same container with another intent, as stop and start make. */
    static Workspace powered(Workspace was, Power power) {
        return new Workspace(
                was.id(),
                was.name(),
                was.generation() + 1,
                was.containerGeneration(),
                power,
                was.image(),
                was.cpuMillis(),
                was.memoryBytes(),
                was.gpus(),
                was.env(),
                was.mounts(),
                was.secrets(),
                was.secretEnv(),
                was.git(),
                was.healthCheck());
    }

    static Workspace checkedBy(Workspace was, @Nullable HealthCheck check) {
        return new Workspace(
                was.id(),
                was.name(),
                was.generation(),
                was.containerGeneration(),
                was.power(),
                was.image(),
                was.cpuMillis(),
                was.memoryBytes(),
                was.gpus(),
                was.env(),
                was.mounts(),
                was.secrets(),
                was.secretEnv(),
                was.git(),
                check);
    }

    /** A check of each container that should be well ends so; one that its image brings along, where nothing else is asked. */
    Script check(HealthCheck images, @Nullable String failure) {
        Observed observed = engine.observed().with(gpus);
        for (CheckTarget target : CheckTarget.of(US, desired, observed, memory)) {
            HealthCheck check = target.asked() == null ? images : target.asked();
            memory = memory.checked(target, check, failure, "episode-" + attempts++, now);
        }
        return this;
    }

    /** With a secret as a file, and a repository. */
    static Workspace furnished(Workspace was) {
        return new Workspace(
                was.id(),
                was.name(),
                was.generation(),
                was.containerGeneration(),
                was.power(),
                was.image(),
                was.cpuMillis(),
                was.memoryBytes(),
                was.gpus(),
                was.env(),
                was.mounts(),
                List.of(new DesiredResource.SecretFile("s-1", "token")),
                Map.of(),
                new DesiredResource.Git("https://git.example/team/api.git", null, "/v0/api", "s-1"));
    }

    static Volume volume(String id, boolean remove) {
        return new Volume(id, remove);
    }

    static Volume copy(String id, String of) {
        return new Volume(id, false, of);
    }

    static Build build(int number, ImageRef image) {
        return new Build(image.id() + "/" + number, number, image);
    }
}
