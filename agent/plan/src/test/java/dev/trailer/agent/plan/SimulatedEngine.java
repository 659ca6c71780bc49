package dev.trailer.agent.plan;

import dev.trailer.agent.plan.Observed.Container;
import dev.trailer.agent.plan.Observed.Image;
import dev.trailer.agent.plan.Observed.Network;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.plan.Observed.Volume;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Mount;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.Labels;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What an engine would hold after an action; it refuses what a real one would refuse. */
final class SimulatedEngine {
    private final Identity us;
    private final List<Container> containers = new ArrayList<>();
    private final List<Network> networks = new ArrayList<>();
    private final List<Volume> volumes = new ArrayList<>();
    private final List<Image> images = new ArrayList<>();
    private final Set<String> machine = new HashSet<>();
    private final Map<String, Integer> copies = new HashMap<>();
    private int ids;

    SimulatedEngine(Identity us, Observed before) {
        this.us = us;
        containers.addAll(before.containers());
        networks.addAll(before.networks());
        volumes.addAll(before.volumes());
        images.addAll(before.images());
    }

    Observed observed() {
        return new Observed(containers, networks, volumes, images);
    }

    /** The GPUs that are in the machine now. */
    void machine(Collection<String> gpus) {
        machine.clear();
        machine.addAll(gpus);
    }

    void apply(Action action, Instant now) {
        switch (action) {
            case Action.FetchDefinition _ -> {}
            case Action.BuildImage build -> tag(build.image(), build.anew());
            case Action.PullImage pull -> tag(pull.image(), pull.anew());
            case Action.CreateNetwork create ->
                networks.add(new Network(
                        "n" + ids++, Names.network(create.workspace()), labels(Labels.WORKSPACE, create.workspace())));
            case Action.CreateVolume create ->
                volumes.add(new Volume(Names.volume(create.volume()), labels(Labels.VOLUME, create.volume())));
            case Action.CreateContainer create -> create(create.desired(), create.gpus());
            case Action.StartContainer start -> {
                Container container = find(start.container());
                require(
                        networks.stream().anyMatch(n -> n.name().equals(Names.network(start.workspace()))),
                        "no network");
                require(machine.containsAll(container.gpus()), "no such GPU");
                require(
                        containers.stream()
                                .filter(other -> !other.id().equals(container.id()) && other.status() == Status.RUNNING)
                                .noneMatch(other -> other.gpus().stream().anyMatch(container.gpus()::contains)),
                        "a GPU in two containers");
                replace(container, Status.RUNNING, 0, now, container.finishedAt());
            }
            case Action.GiveSecrets give -> requireRun(give);
            case Action.CloneRepository clone -> requireRun(clone);
            case Action.StopContainer stop -> {
                Container container = find(stop.container());
                replace(container, Status.EXITED, 143, container.startedAt(), now);
            }
            case Action.RemoveContainer remove -> {
                Container container = find(remove.container());
                require(container.status() != Status.RUNNING, "running");
                containers.remove(container);
            }
            case Action.RemoveNetwork remove ->
                require(networks.removeIf(network -> network.id().equals(remove.network())), "no such network");
            case Action.RemoveImage remove -> {
                Image image = images.stream()
                        .filter(i ->
                                i.id().equals(remove.reference()) || i.tags().contains(remove.reference()))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no " + remove.reference()));
                require(containers.stream().noneMatch(c -> c.image().equals(image.id())), "image in use");
                images.remove(image);
            }
            case Action.RemoveVolume remove -> {
                requireUnused(remove.volume());
                boolean whole = removeVolume(Names.volume(remove.volume()));
                boolean marker = removeVolume(Names.filling(remove.volume()));
                require(whole || marker, "no such volume");
            }
            case Action.RemoveHelper remove -> containers.remove(find(remove.container()));
            case Action.CopyVolume copy -> {
                requireUnused(copy.volume());
                String from = Names.volume(copy.from());
                require(
                        containers.stream()
                                .noneMatch(c -> c.status() == Status.RUNNING
                                        && c.volumes().contains(from)),
                        "source in use");
                require(volumes.stream().anyMatch(volume -> volume.name().equals(from)), "no source");
                removeVolume(Names.volume(copy.volume()));
                removeVolume(Names.filling(copy.volume()));
                volumes.add(new Volume(Names.volume(copy.volume()), labels(Labels.VOLUME, copy.volume())));
                copies.merge(copy.volume(), 1, Integer::sum);
            }
        }
    }

    private void requireUnused(String volume) {
        require(containers.stream().noneMatch(c -> c.volumes().contains(Names.volume(volume))), "volume in use");
    }

    private boolean removeVolume(String name) {
        return volumes.removeIf(volume -> volume.name().equals(name) && us.owns(volume.labels()));
    }

    /** How often each was filled with a copy. */
    Map<String, Integer> copies() {
        return Map.copyOf(copies);
    }

    /** As a process that died while it filled the volume leaves it. */
    void dieFilling(String volume) {
        volumes.add(new Volume(Names.filling(volume), labels(Labels.VOLUME, volume)));
        volumes.add(new Volume(Names.volume(volume), labels(Labels.VOLUME, volume)));
        containers.add(new Container(
                "c" + ids++,
                Names.helper(volume),
                labels(Labels.HELPER, volume),
                Status.CREATED,
                0,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                Set.of(Names.volume(volume))));
    }

    private void requireRun(Action.Inside inside) {
        Container container = find(inside.container());
        require(container.status() == Status.RUNNING, "not running");
        require(Memory.Done.run(container).equals(inside.run()), "another run");
    }

    private void create(Workspace desired, List<String> gpus) {
        String name = Names.container(desired.id(), desired.containerGeneration());
        require(containers.stream().noneMatch(c -> c.name().equals(name)), "name taken");
        require(observed().image(us, desired.image()).isPresent(), "no image");
        require(gpus.size() == desired.gpus(), "not as many GPUs as asked for");
        Set<String> mounted =
                desired.mounts().stream().map(Mount::volume).map(Names::volume).collect(Collectors.toSet());
        require(volumes.stream().map(Volume::name).collect(Collectors.toSet()).containsAll(mounted), "no volume");
        var labels = new HashMap<>(labels(Labels.WORKSPACE, desired.id()));
        labels.put(Labels.GENERATION, Long.toString(desired.containerGeneration()));
        containers.add(new Container(
                "c" + ids++,
                name,
                labels,
                Status.CREATED,
                0,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                mounted,
                gpus,
                observed().image(us, desired.image()).map(Image::id).orElse("")));
    }

    /** Takes the tag from what had it. */
    private void tag(ImageRef image, int anew) {
        var labels = new HashMap<>(us.labels());
        labels.put(Names.IMAGE_LABEL, Names.imageLabel(image));
        labels.put(Names.BUILT_BY_LABEL, us.host());
        if (anew > 0) {
            labels.put(Labels.BUILD, Integer.toString(anew));
        }
        images.replaceAll(old -> old.tags().contains(Names.image(image))
                ? new Image(old.id(), Set.of(), old.labels(), old.sizeBytes())
                : old);
        images.add(new Image("sha256:" + ids++, Set.of(Names.image(image)), labels, 1_000));
    }

    /** What somebody else does: the container ends by itself. */
    void exit(String name, int code, Instant startedAt, Instant finishedAt) {
        replace(find(name), Status.EXITED, code, startedAt, finishedAt);
    }

    Container find(String idOrName) {
        Predicate<Container> named = c -> c.id().equals(idOrName) || c.name().equals(idOrName);
        return containers.stream().filter(named).findFirst().orElseThrow(() -> new AssertionError("no " + idOrName));
    }

    private void replace(Container was, Status status, int code, Instant startedAt, Instant finishedAt) {
        containers.remove(was);
        containers.add(new Container(
                was.id(),
                was.name(),
                was.labels(),
                status,
                code,
                false,
                startedAt,
                finishedAt,
                was.volumes(),
                was.gpus(),
                was.image()));
    }

    private Map<String, String> labels(String key, String value) {
        var labels = new HashMap<>(us.labels());
        labels.put(key, value);
        return labels;
    }

    private static void require(boolean condition, String why) {
        if (!condition) {
            throw new AssertionError("the engine would refuse: " + why);
        }
    }
}
