package dev.trailer.agent.service;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Names;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.protocol.Labels;
import dev.trailer.agent.service.engine.BuildSpec;
import dev.trailer.agent.service.engine.ContainerSpec;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.HelperSpec;
import dev.trailer.agent.service.engine.NetworkSpec;
import dev.trailer.agent.service.engine.Subnet;
import dev.trailer.agent.service.engine.SubnetTakenException;
import dev.trailer.agent.service.engine.Usage;
import dev.trailer.agent.service.engine.VolumeSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the fake engine holds, and what it refuses as real ones do. Guarded by the engine. */
final class FakeHoldings {
    /** A tar archive without entries. */
    private static final byte[] NOTHING = new byte[1_024];

    private static final Usage SOME_USAGE = new Usage(0, 0, 0, 0, 0, 0, 1);
    /** Where nobody answers; all other registries have what they are asked for. */
    private static final String DEAD_REGISTRY = "localhost:1/";

    private record Network(Observed.Network seen, Subnet subnet) {}

    private record Image(Observed.Image seen, FakeDockerfile.Built built) {}

    /** @param network by name, which need not be there yet */
    private record Container(Observed.Container seen, String network, FakeDockerfile.Built built) {}

    /** Each by its name, images by their tag. */
    private final Map<String, Container> containers = new LinkedHashMap<>();

    private final Map<String, Network> networks = new LinkedHashMap<>();
    private final Map<String, Observed.Volume> volumes = new LinkedHashMap<>();
    private final Map<String, Image> images = new LinkedHashMap<>();
    /** What was last unpacked into a volume is all that it holds. */
    private final Map<String, byte[]> contents = new HashMap<>();
    /** By id: those that have lost their name to a newer build. */
    private final Map<String, Image> nameless = new LinkedHashMap<>();

    private int ids;

    // ---- Reads ----

    Observed observe(Identity us) {
        return new Observed(
                containers().stream().map(container -> asSeenBy(us, container)).toList(),
                networks(),
                volumes(),
                Stream.concat(images.values().stream(), nameless.values().stream())
                        .map(Image::seen)
                        .toList());
    }

    private static Observed.Container asSeenBy(Identity us, Observed.Container c) {
        return us.owns(c.labels())
                ? c
                : new Observed.Container(
                        c.id(),
                        c.name(),
                        c.labels(),
                        c.status(),
                        0,
                        false,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        c.volumes(),
                        List.of(),
                        c.image());
    }

    List<Observed.Container> containers() {
        return containers.values().stream().map(Container::seen).toList();
    }

    List<Observed.Network> networks() {
        return networks.values().stream().map(Network::seen).toList();
    }

    List<Observed.Volume> volumes() {
        return List.copyOf(volumes.values());
    }

    List<Subnet> subnets() {
        return networks.values().stream().map(Network::subnet).toList();
    }

    boolean hasImage(String reference) {
        return images.containsKey(reference);
    }

    Usage usage(String container) {
        require(container);
        return SOME_USAGE;
    }

    Optional<HealthCheck> healthCheck(String container) {
        return require(container).built.healthCheck();
    }

    Map<String, Long> volumeSizes(Identity us) {
        var sizes = new HashMap<String, Long>();
        volumes.values().forEach(volume -> {
            var id = volume.labels().get(Labels.VOLUME);
            if (id != null && us.owns(volume.labels()) && volume.name().equals(Names.volume(id))) {
                sizes.put(id, (long) contents.getOrDefault(volume.name(), NOTHING).length);
            }
        });
        return sizes;
    }

    byte[] archive(String helper) {
        return contents.getOrDefault(volumeOf(helper), NOTHING);
    }

    private String volumeOf(String helper) {
        return require(helper).seen.volumes().iterator().next();
    }

    private Optional<Container> find(String idOrName) {
        return containers.values().stream()
                .filter(c -> c.seen.id().equals(idOrName) || c.seen.name().equals(idOrName))
                .findFirst();
    }

    private Container require(String idOrName) {
        return find(idOrName).orElseThrow(() -> new EngineException("No such container: " + idOrName));
    }

    void requireRunning(String container) {
        if (require(container).seen.status() != Status.RUNNING) {
            throw new EngineException("Container " + container + " is not running");
        }
    }

    // ---- Changes ----

    String build(BuildSpec spec) {
        var built = FakeDockerfile.build(spec.context().dockerfile(), base -> Optional.ofNullable(images.get(base))
                .map(Image::built));
        String id = "sha256:" + ids++;
        var seen = new Observed.Image(id, Set.of(spec.tag()), spec.labels(), 1_000, Instant.now());
        put(spec.tag(), new Image(seen, built));
        return id;
    }

    void pull(String reference) {
        if (reference.startsWith(DEAD_REGISTRY)) {
            throw new EngineException("dial tcp 127.0.0.1:1: connect: connection refused");
        }
        images.put(
                reference,
                new Image(
                        new Observed.Image("sha256:" + ids++, Set.of(reference), Map.of(), 1_000),
                        FakeDockerfile.NOTHING));
    }

    void removeImage(String reference) {
        boolean byName = images.containsKey(reference);
        Image image = byName ? images.get(reference) : nameless.get(reference);
        if (image == null) {
            return;
        }
        String id = image.seen.id();
        if (containers().stream().anyMatch(container -> container.image().equals(id))) {
            throw new EngineException("conflict: unable to remove " + reference + ": a container is using it");
        }
        images.remove(reference);
        nameless.remove(reference);
    }

    private void put(String tag, Image image) {
        Image before = images.put(tag, image);
        if (before != null) {
            var seen = before.seen;
            nameless.put(
                    seen.id(),
                    new Image(
                            new Observed.Image(seen.id(), Set.of(), seen.labels(), seen.sizeBytes(), seen.createdAt()),
                            before.built));
        }
    }

    void createNetwork(NetworkSpec spec) {
        Network there = networks.get(spec.name());
        if (there != null) {
            if (!there.seen.labels().equals(spec.labels())) {
                throw new EngineException("network with name " + spec.name() + " already exists");
            }
            return;
        }
        if (subnets().stream().anyMatch(spec.subnet()::overlaps)) {
            throw new SubnetTakenException("Pool overlaps with other one on this address space", null);
        }
        var seen = new Observed.Network("n" + ids++, spec.name(), spec.labels());
        networks.put(spec.name(), new Network(seen, spec.subnet()));
    }

    void removeNetwork(String id) {
        List<Network> meant = networks.values().stream()
                .filter(network -> network.seen.id().equals(id))
                .toList();
        for (Network network : meant) {
            String name = network.seen.name();
            if (containers.values().stream()
                    .anyMatch(c -> c.network.equals(name) && c.seen.status() == Status.RUNNING)) {
                throw new EngineException("network " + name + " has active endpoints");
            }
            networks.remove(name);
        }
    }

    void createVolume(VolumeSpec spec) {
        requireOurs(spec, volumes.computeIfAbsent(spec.name(), name -> new Observed.Volume(name, spec.labels())));
    }

    void removeVolume(VolumeSpec spec) {
        Observed.Volume there = volumes.get(spec.name());
        if (there == null) {
            return;
        }
        requireOurs(spec, there);
        if (containers().stream().anyMatch(c -> c.volumes().contains(spec.name()))) {
            throw new EngineException("remove " + spec.name() + ": volume is in use");
        }
        volumes.remove(spec.name());
        contents.remove(spec.name());
    }

    private static void requireOurs(VolumeSpec spec, Observed.Volume volume) {
        if (!volume.labels().equals(spec.labels())) {
            throw new EngineException("refused: the volume " + spec.name() + " on the engine is not ours");
        }
    }

    String createContainer(ContainerSpec spec) {
        Image image = images.get(spec.image());
        if (image == null) {
            throw new EngineException("No such image: " + spec.image());
        }
        var labels = new HashMap<>(image.seen.labels());
        labels.putAll(spec.labels());
        Container there = containers.get(spec.name());
        if (there != null) {
            if (!there.seen.labels().entrySet().containsAll(spec.labels().entrySet())) {
                throw new EngineException("Conflict. The container name " + spec.name() + " is already in use");
            }
            return there.seen.id();
        }
        Set<String> mounted =
                spec.mounts().stream().map(ContainerSpec.Mount::volume).collect(Collectors.toSet());
        var made = new Observed.Container(
                "c" + ids++,
                spec.name(),
                labels,
                Status.CREATED,
                0,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                mounted,
                spec.gpus(),
                image.seen.id());
        containers.put(spec.name(), new Container(made, spec.network(), image.built));
        return made.id();
    }

    String createHelper(HelperSpec spec) {
        Image image = images.get(spec.image());
        if (image == null) {
            throw new EngineException("No such image: " + spec.image());
        }
        Container there = containers.get(spec.name());
        if (there != null) {
            return there.seen.id();
        }
        var labels = new HashMap<>(image.seen.labels());
        labels.putAll(spec.labels());
        var made = new Observed.Container(
                "c" + ids++,
                spec.name(),
                labels,
                Status.CREATED,
                0,
                false,
                Instant.EPOCH,
                Instant.EPOCH,
                Set.of(spec.volume()),
                List.of(),
                image.seen.id());
        containers.put(spec.name(), new Container(made, "none", image.built));
        return made.id();
    }

    void unpack(String helper, byte[] tar) {
        contents.put(volumeOf(helper), tar);
    }

    void startContainer(String idOrName) {
        Container container = require(idOrName);
        if (container.seen.status() == Status.RUNNING) {
            return;
        }
        if (!networks.containsKey(container.network)) {
            throw new EngineException("network " + container.network + " not found");
        }
        become(container, Status.RUNNING, 0);
        int code = FakeDockerfile.exitCode(container.built.command());
        if (code != 0) {
            end(idOrName, code);
        }
    }

    void stopContainer(String idOrName) {
        find(idOrName).filter(c -> c.seen.status() == Status.RUNNING).ifPresent(c -> become(c, Status.EXITED, 143));
    }

    /** By itself, or by somebody past the agent. */
    void end(String idOrName, int code) {
        become(require(idOrName), Status.EXITED, code);
    }

    void removeContainer(String idOrName) {
        for (Container container : new ArrayList<>(find(idOrName).stream().toList())) {
            if (container.seen.status() == Status.RUNNING) {
                throw new EngineException("You cannot remove a running container " + idOrName);
            }
            containers.remove(container.seen.name());
        }
    }

    private void become(Container container, Status status, int code) {
        Observed.Container was = container.seen;
        Instant started = status == Status.RUNNING ? Instant.ofEpochSecond(1_000 + ids++) : was.startedAt();
        var now = new Observed.Container(
                was.id(),
                was.name(),
                was.labels(),
                status,
                code,
                code != 0 && FakeDockerfile.isGlutton(container.built.command()),
                started,
                started.plusSeconds(1),
                was.volumes(),
                was.gpus(),
                was.image());
        containers.put(was.name(), new Container(now, container.network, container.built));
    }
}
