package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectImageResponse;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.ContainerConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.Network;
import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.protocol.HealthCheck;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Docker Engine, or Podman by its compatible API, over its socket or TCP. */
public final class DockerEngine implements ContainerEngine {
    /** What a container without a command of its own runs: a workspace is something to come to, so it stays. */
    private static final List<String> STAY = List.of("sleep", "infinity");

    private static final String GPUS_BY_NAME = "NVIDIA_VISIBLE_DEVICES";
    /** How the engine says that no driver of such devices is known to it. */
    private static final String NO_GPU_DRIVER = "could not select device driver";

    private final DockerConnection connection;
    private final DockerStreams streams;
    private final DockerExec execs;
    private final DockerArchives archives;

    /** @param host such as {@code unix:///var/run/docker.sock} or {@code tcp://localhost:2375}; connects when first used */
    public DockerEngine(String host) {
        connection = new DockerConnection(host);
        streams = new DockerStreams(connection);
        execs = new DockerExec(connection);
        archives = new DockerArchives(connection);
    }

    @Override
    public void ping() {
        connection.ping();
    }

    @Override
    public EngineInfo info() {
        String apiVersion = connection.apiVersion().getVersion();
        Dialect.Engine engine = connection.engine();
        return connection.read(docker -> {
            Info info = docker.infoCmd().exec();
            Integer cpus = info.getNCPU();
            Long memory = info.getMemTotal();
            return new EngineInfo(
                    engine.word(),
                    String.valueOf(info.getServerVersion()),
                    apiVersion,
                    String.valueOf(info.getOperatingSystem()),
                    String.valueOf(info.getArchitecture()),
                    cpus == null ? 0 : cpus,
                    memory == null ? 0 : memory,
                    String.valueOf(info.getDockerRootDir()));
        });
    }

    @Override
    public Observed observe(Identity us) {
        return connection.read(docker -> DockerObserver.observe(docker, us));
    }

    @Override
    public Usage usage(String container) {
        return connection.get(DockerStats.path(container), DockerStats::read);
    }

    @Override
    public Map<String, Long> volumeSizes(Identity us) {
        return connection.getSlowly(DockerSizes.PATH, body -> DockerSizes.read(body, us));
    }

    @Override
    public List<Subnet> subnets() {
        return connection.read(docker -> {
            var subnets = new ArrayList<Subnet>();
            for (Network network : docker.listNetworksCmd().exec()) {
                var ipam = network.getIpam();
                var configs = ipam == null ? null : ipam.getConfig();
                for (Network.Ipam.Config config : configs == null ? List.<Network.Ipam.Config>of() : configs) {
                    Subnet.parse(String.valueOf(config.getSubnet())).ifPresent(subnets::add);
                }
            }
            return subnets;
        });
    }

    @Override
    public Optional<HealthCheck> healthCheck(String container) {
        String image = connection.read(
                docker -> docker.inspectContainerCmd(container).exec().getImageId());
        return switch (connection.engine()) {
            case DOCKER -> connection.read(docker -> DockerHealth.of(docker, image));
            case PODMAN -> connection.get(DockerHealth.podmanPath(image), DockerHealth::ofPodman);
        };
    }

    @Override
    public boolean hasImage(String reference) {
        return connection.read(docker -> inspectImage(docker, reference).isPresent());
    }

    @Override
    public String build(BuildSpec spec, Consumer<String> log) {
        return streams.build(spec, log);
    }

    @Override
    public void pull(String reference, Consumer<String> log) {
        streams.pull(reference, null, log);
    }

    @Override
    public void pull(String reference, RegistryLogin login, Consumer<String> log) {
        streams.pull(reference, login, log);
    }

    @Override
    public void removeImage(String reference) {
        change(docker -> docker.removeImageCmd(reference).withForce(false).exec());
    }

    @Override
    public void createNetwork(NetworkSpec spec) {
        connection.write(docker -> {
            try {
                return docker.createNetworkCmd()
                        .withName(spec.name())
                        .withDriver("bridge")
                        .withCheckDuplicate(true)
                        .withLabels(spec.labels())
                        .withIpam(new Network.Ipam()
                                .withConfig(new Network.Ipam.Config()
                                        .withSubnet(spec.subnet().toString())))
                        .exec()
                        .getId();
            } catch (DockerException e) {
                if (Dialect.isSubnetTaken(e)) {
                    throw new SubnetTakenException(Dialect.words(e), e);
                }
                if (!Dialect.isNameTaken(e)) {
                    throw e;
                }
                return existingNetwork(docker, spec).orElseThrow(() -> e);
            }
        });
    }

    /** Made by a call whose answer was lost. */
    private static Optional<String> existingNetwork(DockerClient docker, NetworkSpec spec) {
        return docker.listNetworksCmd().withNameFilter(spec.name()).exec().stream()
                .filter(network -> spec.name().equals(network.getName())
                        && spec.labels().equals(DockerObserver.orEmpty(network.getLabels())))
                .map(Network::getId)
                .findFirst();
    }

    @Override
    public void removeNetwork(String id) {
        Dialect.Engine engine = connection.engine();
        change(docker -> docker.removeNetworkCmd(removable(docker, engine, id)).exec());
    }

    /** Podman takes a network that is named by its id away from under its containers; one named by its name it does not. */
    private static String removable(DockerClient docker, Dialect.Engine engine, String id) {
        return switch (engine) {
            case DOCKER -> id;
            case PODMAN -> docker.inspectNetworkCmd().withNetworkId(id).exec().getName();
        };
    }

    @Override
    public void createVolume(VolumeSpec spec) {
        connection.write(docker -> {
            docker.createVolumeCmd()
                    .withName(spec.name())
                    .withDriver("local")
                    .withLabels(spec.labels())
                    .exec();
            // An engine answers the volume that has the name already, whosever it is and whatever it is made of.
            requireOurs(docker.inspectVolumeCmd(spec.name()).exec(), spec);
            return spec.name();
        });
    }

    @Override
    public void removeVolume(VolumeSpec spec) {
        change(docker -> {
            requireOurs(docker.inspectVolumeCmd(spec.name()).exec(), spec);
            docker.removeVolumeCmd(spec.name()).exec();
        });
    }

    private static void requireOurs(InspectVolumeResponse volume, VolumeSpec spec) {
        Map<String, String> options = volume.getOptions();
        boolean plain = "local".equals(volume.getDriver()) && (options == null || options.isEmpty());
        if (!plain || !spec.labels().equals(DockerObserver.orEmpty(volume.getLabels()))) {
            throw new EngineException("refused: the volume " + spec.name() + " on the engine is not ours");
        }
    }

    @Override
    public String createContainer(ContainerSpec spec) {
        return connection.write(docker -> {
            CreateContainerCmd create = docker.createContainerCmd(spec.image())
                    .withName(spec.name())
                    .withHostName(spec.hostname())
                    .withEnv(env(spec))
                    .withLabels(spec.labels())
                    // The agent checks, so that it is the same on every engine.
                    .withHealthcheck(DockerHealth.NONE)
                    .withHostConfig(DockerContainerConfig.of(spec));
            List<String> command = command(inspectImage(docker, spec.image())
                    .orElseThrow(() -> new EngineException("no such image: " + spec.image())));
            if (spec.awaitsSecrets()) {
                create.withEntrypoint(SecretsGate.entrypoint()).withCmd(command.isEmpty() ? STAY : command);
            } else if (command.isEmpty()) {
                create.withCmd(STAY);
            }
            try {
                return create.exec().getId();
            } catch (DockerException e) {
                if (!Dialect.isNameTaken(e)) {
                    throw e;
                }
                return existingContainer(docker, spec.name(), spec.labels()).orElseThrow(() -> e);
            }
        });
    }

    private static List<String> env(ContainerSpec spec) {
        var env = new TreeMap<>(spec.env());
        // An engine whose usual runtime is NVIDIA's gives away the GPUs that this names, in an image's environment too.
        env.remove(GPUS_BY_NAME);
        if (spec.gpus().isEmpty()) {
            env.put(GPUS_BY_NAME, "void");
        }
        return env.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static Optional<String> existingContainer(DockerClient docker, String name, Map<String, String> labels) {
        var found = docker.inspectContainerCmd(name).exec();
        var config = found.getConfig();
        // The image's own labels are on the container too, so ours must be among them.
        return config != null
                        && DockerObserver.orEmpty(config.getLabels()).entrySet().containsAll(labels.entrySet())
                ? Optional.of(found.getId())
                : Optional.empty();
    }

    /** The image's own: its entrypoint, then its command. */
    private static List<String> command(InspectImageResponse image) {
        ContainerConfig config = image.getConfig();
        return config == null
                ? List.of()
                : Stream.concat(words(config.getEntrypoint()), words(config.getCmd()))
                        .toList();
    }

    private static Stream<String> words(String @Nullable [] command) {
        return command == null ? Stream.of() : Stream.of(command);
    }

    private static Optional<InspectImageResponse> inspectImage(DockerClient docker, String reference) {
        try {
            return Optional.of(docker.inspectImageCmd(reference).exec());
        } catch (NotFoundException e) {
            return Optional.empty();
        }
    }

    /** Podman reads every owner as 0, and unpacks beside the volume of a container that does not run. */
    @Override
    public boolean hasArchives() {
        return switch (connection.engine()) {
            case DOCKER -> true;
            case PODMAN -> false;
        };
    }

    @Override
    public String createHelper(HelperSpec spec) {
        return connection.write(docker -> {
            try {
                return docker.createContainerCmd(spec.image())
                        .withName(spec.name())
                        .withLabels(spec.labels())
                        // Never run; an engine wants one.
                        .withCmd("none")
                        .withNetworkDisabled(true)
                        .withHostConfig(DockerContainerConfig.of(spec))
                        .exec()
                        .getId();
            } catch (DockerException e) {
                if (!Dialect.isNameTaken(e)) {
                    throw e;
                }
                return existingContainer(docker, spec.name(), spec.labels()).orElseThrow(() -> e);
            }
        });
    }

    @Override
    public void readArchive(String container, String path, ArchiveReader reader) throws IOException {
        archives.read(container, path, reader);
    }

    @Override
    public void writeArchive(String container, String path, InputStream tar) throws IOException {
        archives.write(container, path, tar);
    }

    @Override
    public void startContainer(String container) {
        connection.write(docker -> {
            try {
                docker.startContainerCmd(container).exec();
            } catch (NotModifiedException e) {
                // It runs already.
                return false;
            } catch (NotFoundException e) {
                reconnect(docker, container, e);
                docker.startContainerCmd(container).exec();
            } catch (InternalServerErrorException e) {
                String words = String.valueOf(e.getMessage());
                throw words.contains(NO_GPU_DRIVER)
                        ? new EngineException(
                                "this host's engine has no NVIDIA runtime and cannot give GPUs to containers:"
                                        + " install the NVIDIA Container Toolkit for it (" + words.strip() + ")",
                                e)
                        : e;
            }
            return true;
        });
    }

    /**
     * A container remembers its network by id: if that was removed and made anew while it was stopped, it could never start
     * again, and its writable layer would be lost to a replacement.
     */
    private static void reconnect(DockerClient docker, String container, NotFoundException why) {
        var config = docker.inspectContainerCmd(container).exec().getHostConfig();
        String network = config == null ? null : config.getNetworkMode();
        if (network == null || !String.valueOf(why.getMessage()).contains("network")) {
            throw why;
        }
        docker.connectToNetworkCmd()
                .withContainerId(container)
                .withNetworkId(Specs.requireOurs(network))
                .exec();
    }

    @Override
    public void stopContainer(String container, Duration grace) {
        change(docker -> docker.stopContainerCmd(container)
                .withTimeout(Math.toIntExact(grace.toSeconds()))
                .exec());
    }

    @Override
    public Exec.Result exec(Exec exec) {
        return execs.run(exec);
    }

    @Override
    public void removeContainer(String container) {
        // Volumes without a name, which an image may ask for, go with the container; named ones never do.
        change(docker -> docker.removeContainerCmd(container)
                .withRemoveVolumes(true)
                .withForce(false)
                .exec());
    }

    /** A change after which something is gone or still: being so already is success. */
    private void change(Consumer<DockerClient> call) {
        connection.write(docker -> {
            try {
                call.accept(docker);
            } catch (NotFoundException | NotModifiedException e) {
                return false;
            }
            return true;
        });
    }

    @Override
    public AutoCloseable watch(Runnable changed, Runnable ended) {
        return streams.watch(changed, ended);
    }

    @Override
    public void close() {
        connection.close();
    }
}
