package dev.trailer.agent.plan;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Step;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What neither the server nor the engine can tell: what is being done, what failed and when to try again, how often a
 * container crashed. Losing it (a restart of the agent) costs a retry sooner and a report twice, nothing else.
 *
 * @param working the step in flight, by lane
 * @param failures by lane
 * @param exits by workspace
 * @param definitions of images that are still to be made
 * @param inside what was done in the containers that run, by workspace
 * @param gpus the UUIDs of those that a container is being made with, by lane
 * @param unneeded since when nothing needs images that could go, by the engine's id
 * @param health what checks have shown, by workspace
 */
public record Memory(
        Map<String, Step> working,
        Map<String, Failure> failures,
        Map<String, Exits> exits,
        Map<ImageRef, ImageDefinition> definitions,
        Map<String, Done> inside,
        Map<String, List<String>> gpus,
        Map<String, Instant> unneeded,
        Map<String, Checked> health) {

    public static final Memory EMPTY =
            new Memory(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

    /**
     * What was done in one run of a container.
     *
     * @param run the container's id and start
     */
    public record Done(String run, Set<Step> steps) {
        public Done {
            steps = Set.copyOf(steps);
        }

        static String run(Container container) {
            return container.id() + "@" + container.startedAt();
        }
    }

    /** Whether a step was done in this run of a workspace's container, as far as we remember. */
    boolean didInside(String workspace, String run, Step step) {
        Done done = inside.get(workspace);
        return done != null && done.run().equals(run) && done.steps().contains(step);
    }

    public Memory {
        working = Map.copyOf(working);
        failures = Map.copyOf(failures);
        exits = Map.copyOf(exits);
        definitions = Map.copyOf(definitions);
        inside = Map.copyOf(inside);
        gpus = Map.copyOf(gpus);
        unneeded = Map.copyOf(unneeded);
        health = Map.copyOf(health);
    }

    /** A lane's actions are about to be carried out, one after the other: what they will need is theirs from now on. */
    public Memory begins(List<Action> actions) {
        var nextGpus = gpus;
        for (Action action : actions) {
            if (action instanceof Action.CreateContainer create
                    && !create.gpus().isEmpty()) {
                nextGpus = with(nextGpus, create.lane(), create.gpus());
            }
        }
        return new Memory(working, failures, exits, definitions, inside, nextGpus, unneeded, health)
                .begins(actions.getFirst());
    }

    /** An action is about to be carried out. */
    public Memory begins(Action action) {
        var nextExits = exits;
        if (action instanceof Action.StopContainer stop) {
            Exits before = exits.get(stop.workspace());
            nextExits = with(
                    exits, stop.workspace(), (before == null ? Exits.none(-1) : before).stopping(stop.container()));
        }
        return new Memory(
                with(working, action.lane(), action.step()),
                failures,
                nextExits,
                definitions,
                inside,
                gpus,
                unneeded,
                health);
    }

    /** A lane is taken for work that has begun, or is about to. */
    public Memory begins(String lane, Step step) {
        return new Memory(with(working, lane, step), failures, exits, definitions, inside, gpus, unneeded, health);
    }

    public Memory succeeded(Action action) {
        var nextFailures = new HashMap<>(failures);
        Failure failure = failures.get(action.lane());
        // A later step's success does not prove that an earlier one would pass, but a lane is done in order.
        if (failure != null) {
            nextFailures.remove(action.lane());
        }
        var nextDefinitions = definitions;
        if (action instanceof Action.BuildImage || action instanceof Action.PullImage) {
            nextDefinitions = without(definitions, ((Action.OnImage) action).image());
        }
        return new Memory(working, nextFailures, exits, nextDefinitions, inside(action), gpus, unneeded, health);
    }

    private Map<String, Done> inside(Action action) {
        if (!(action instanceof Action.Inside did)) {
            return inside;
        }
        Done before = inside.get(did.workspace());
        var steps = new HashSet<Step>();
        if (before != null && before.run().equals(did.run())) {
            steps.addAll(before.steps());
        }
        steps.add(did.step());
        return with(inside, did.workspace(), new Done(did.run(), steps));
    }

    /**
     * @param attempt the id of the attempt that it failed in
     * @param random only for the jitter of the next try
     */
    public Memory failed(Action action, String attempt, String detail, Instant now, RandomGenerator random) {
        Failure next = Failure.next(failures.get(action.lane()), action, attempt, detail, now, random);
        return new Memory(
                working, with(failures, action.lane(), next), exits, definitions, inside, gpus, unneeded, health);
    }

    public Memory learned(ImageRef image, ImageDefinition definition) {
        return new Memory(
                working, failures, exits, with(definitions, image, definition), inside, gpus, unneeded, health);
    }

    /** Nothing is in flight any more in these lanes, and what they did is visible to the next observation. */
    public Memory ended(Collection<String> lanes) {
        var rest = new HashMap<>(working);
        rest.keySet().removeAll(lanes);
        var restGpus = new HashMap<>(gpus);
        restGpus.keySet().removeAll(lanes);
        return new Memory(rest, failures, exits, definitions, inside, restGpus, unneeded, health);
    }

    /**
     * A health check has ended.
     *
     * @param check what was run: what was asked for, or the image's own
     * @param failure how it failed; null if it passed
     * @param episode names it, should it be the one that makes it unhealthy
     */
    public Memory checked(
            CheckTarget target, HealthCheck check, @Nullable String failure, String episode, Instant now) {
        var before = health.get(target.workspace());
        var known = before != null
                        && before.generation() == target.generation()
                        && Objects.equals(before.asked(), target.asked())
                ? before.in(target.run(), now)
                : Checked.begin(target, check, now);
        var next = failure == null ? known.passed(now) : known.failed(failure, episode, now);
        return new Memory(
                working, failures, exits, definitions, inside, gpus, unneeded, with(health, target.workspace(), next));
    }

    /** Takes note of a fresh observation; what is not desired any more is forgotten. */
    public Memory seen(Desired desired, Observed observed, Identity us, Instant now) {
        var nextExits = new HashMap<String, Exits>();
        for (Workspace workspace : desired.workspaces().values()) {
            Exits before = exits.get(workspace.id());
            if (working.containsKey(workspace.id())) {
                if (before != null) {
                    nextExits.put(workspace.id(), before);
                }
                continue;
            }
            current(workspace, observed, us)
                    .map(container -> seen(workspace, container, before, now))
                    .ifPresent(next -> nextExits.put(workspace.id(), next));
        }
        var nextFailures = new HashMap<>(failures);
        Set<ImageRef> needed = neededImages(desired);
        Set<String> lanes = new HashSet<>(desired.workspaces().keySet());
        desired.volumes().keySet().forEach(volume -> lanes.add(Names.volumeLane(volume)));
        needed.forEach(image -> lanes.add(Names.imageLane(image)));
        observed.images()
                .forEach(image -> lanes.add(Names.imageLane(image.labels().getOrDefault(Names.IMAGE_LABEL, ""))));
        nextFailures.keySet().retainAll(lanes);
        var nextDefinitions = new HashMap<>(definitions);
        nextDefinitions.keySet().retainAll(needed);
        var nextInside = new HashMap<>(inside);
        nextInside.keySet().retainAll(desired.workspaces().keySet());
        var nextHealth = new HashMap<>(health);
        nextHealth.entrySet().removeIf(entry -> !concerns(desired.workspaces().get(entry.getKey()), entry.getValue()));
        return new Memory(
                working,
                nextFailures,
                nextExits,
                nextDefinitions,
                nextInside,
                gpus,
                unneeded(needed, observed, us, now),
                nextHealth);
    }

    private Map<String, Instant> unneeded(Set<ImageRef> needed, Observed observed, Identity us, Instant now) {
        var labels = needed.stream().map(Names::imageLabel).collect(Collectors.toSet());
        var next = new HashMap<String, Instant>();
        for (String image : ImageCollector.unneeded(observed, us, labels)) {
            next.put(image, unneeded.getOrDefault(image, now));
        }
        return next;
    }

    /** What somebody stopped, or asks to be checked otherwise, begins afresh. */
    private static boolean concerns(@Nullable Workspace workspace, Checked checked) {
        return workspace != null
                && workspace.power() == Power.RUNNING
                && Objects.equals(workspace.healthCheck(), checked.asked())
                && checked.generation() == workspace.containerGeneration();
    }

    private static Exits seen(Workspace workspace, Container container, @Nullable Exits before, Instant now) {
        Exits known = before != null && before.generation() == workspace.containerGeneration()
                ? before
                : Exits.none(workspace.containerGeneration());
        return workspace.power() == Power.RUNNING ? known.seen(container, now) : known.settled(container);
    }

    private static Optional<Container> current(Workspace workspace, Observed observed, Identity us) {
        return WorkspaceContainers.of(workspace, observed, us).current();
    }

    /** The lanes of all images that anything desired needs: work in another one is for nobody. */
    public Set<String> imageLanes(Desired desired) {
        return neededImages(desired).stream().map(Names::imageLane).collect(Collectors.toSet());
    }

    /** With the bases that their known definitions name. */
    private Set<ImageRef> neededImages(Desired desired) {
        var needed = new HashSet<ImageRef>();
        desired.workspaces().values().forEach(workspace -> addWithBases(workspace.image(), needed));
        desired.builds().values().forEach(build -> addWithBases(build.image(), needed));
        return needed;
    }

    private void addWithBases(ImageRef image, Set<ImageRef> needed) {
        ImageRef next = image;
        while (next != null && needed.add(next)) {
            next = definitions.get(next) instanceof ImageDefinition.Dockerfile dockerfile ? dockerfile.base() : null;
        }
    }

    private static <K, V> Map<K, V> with(Map<K, V> map, K key, V value) {
        var next = new HashMap<>(map);
        next.put(key, value);
        return next;
    }

    private static <K, V> Map<K, V> without(Map<K, V> map, K key) {
        var next = new HashMap<>(map);
        next.remove(key);
        return next;
    }
}
