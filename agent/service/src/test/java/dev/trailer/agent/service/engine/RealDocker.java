package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.Network;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.trailer.agent.protocol.Labels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Assumptions;

/** An engine of this machine seen past our own code, a tiny image on it, and the way to leave it as it was. */
public final class RealDocker implements AutoCloseable {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final List<String> APPLETS = List.of(
            "sh",
            "sleep",
            "cat",
            "echo",
            "test",
            "true",
            "dd",
            "tail",
            "hostname",
            "kill",
            "mkdir",
            "env",
            "head",
            "wc",
            "yes",
            "ps",
            "ls",
            "rm",
            "mv",
            "chmod");

    private static final String DOCKER =
            Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse("unix:///var/run/docker.sock");
    private static final Optional<String> PODMAN = Optional.ofNullable(System.getenv("TRAILER_PODMAN"));

    public final String host;
    /** Labels all that a test makes, so that it can be found and removed. */
    public final String install = "test-" + UUID.randomUUID();

    private final DockerClient docker;
    /** {@code FROM} this: a shell and no command. */
    public final String busybox;

    private RealDocker(String host) throws IOException {
        this.host = host;
        var config = DefaultDockerClientConfig.createDefaultConfigBuilder()
                .withDockerHost(host)
                .withApiVersion(RemoteApiVersion.VERSION_1_41)
                .build();
        docker = DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(URI.create(host))
                        .build());
        String name = "trailer-test-" + install.substring(5, 13);
        busybox = name + ":1";
        buildImage(docker, busybox);
    }

    private static void buildImage(DockerClient docker, String tag) throws IOException {
        // docker-java's import sends no body over a unix socket; a build of nothing but files does the same.
        try (var callback = new BuildImageResultCallback()) {
            docker.buildImageCmd()
                    .withTarInputStream(new ByteArrayInputStream(context()))
                    .withTags(Set.of(tag))
                    .exec(callback)
                    .awaitImageId(60, TimeUnit.SECONDS);
        }
    }

    /** Skips the test where there may be no engine. */
    public static RealDocker orSkip() throws IOException {
        assumeWanted();
        return new RealDocker(DOCKER);
    }

    /** The same of Podman, where it was started for us. */
    static RealDocker podmanOrSkip() throws IOException {
        assumeWanted();
        Assumptions.assumeTrue(PODMAN.isPresent(), "TRAILER_PODMAN names no Podman");
        return new RealDocker(PODMAN.orElseThrow());
    }

    private static void assumeWanted() {
        Assumptions.assumeFalse("off".equals(System.getProperty("trailer.e2e", "on")), "trailer.e2e is off");
        Assumptions.assumeTrue(Files.isExecutable(BUSYBOX), "busybox-static is not installed");
    }

    private static byte[] context() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var tar = new TarArchiveOutputStream(bytes)) {
            byte[] dockerfile = "FROM scratch\nCOPY root/ /\n".getBytes(StandardCharsets.UTF_8);
            var first = new TarArchiveEntry("Dockerfile");
            first.setSize(dockerfile.length);
            tar.putArchiveEntry(first);
            tar.write(dockerfile);
            tar.closeArchiveEntry();
            byte[] busybox = Files.readAllBytes(BUSYBOX);
            var entry = new TarArchiveEntry("root/bin/busybox");
            entry.setMode(0100755);
            entry.setSize(busybox.length);
            tar.putArchiveEntry(entry);
            tar.write(busybox);
            tar.closeArchiveEntry();
            for (String applet : APPLETS) {
                var link = new TarArchiveEntry("root/bin/" + applet, TarConstants.LF_SYMLINK);
                link.setLinkName("busybox");
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    public List<Container> containers() {
        return docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(Map.of(Labels.INSTALL, install))
                .exec();
    }

    public List<Network> networks() {
        return docker.listNetworksCmd().exec().stream()
                .filter(network -> install.equals(
                        network.getLabels() == null ? null : network.getLabels().get(Labels.INSTALL)))
                .toList();
    }

    public List<String> volumes() {
        return docker.listVolumesCmd().exec().getVolumes().stream()
                .filter(volume -> volume.getLabels() != null
                        && install.equals(volume.getLabels().get(Labels.INSTALL)))
                .map(volume -> volume.getName())
                .toList();
    }

    public InspectContainerResponse inspect(String container) {
        return docker.inspectContainerCmd(container).exec();
    }

    public DockerClient client() {
        return docker;
    }

    /** What a command inside a running container prints. */
    public String run(String container, String... command) {
        String exec = docker.execCreateCmd(container)
                .withCmd(command)
                .withAttachStdout(true)
                .withAttachStderr(true)
                .exec()
                .getId();
        var out = new StringBuilder();
        try (var frames = docker.execStartCmd(exec).exec(new ResultCallback.Adapter<Frame>() {
            @Override
            public void onNext(Frame frame) {
                out.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
            }
        })) {
            if (!frames.awaitCompletion(20, TimeUnit.SECONDS)) {
                throw new AssertionError("the command does not end");
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return out.toString();
    }

    @Override
    public void close() throws IOException {
        containers().forEach(container -> docker.removeContainerCmd(container.getId())
                .withForce(true)
                .withRemoveVolumes(true)
                .exec());
        networks().forEach(network -> docker.removeNetworkCmd(network.getId()).exec());
        volumes().forEach(volume -> docker.removeVolumeCmd(volume).exec());
        // Images on top of others first: an engine keeps what others are built on.
        for (int round = 0; round < 3; round++) {
            docker.listImagesCmd().withLabelFilter(Map.of(Labels.INSTALL, install)).exec().stream()
                    .map(image -> image.getId())
                    .forEach(this::removeImage);
        }
        removeImage(busybox);
        docker.close();
    }

    private void removeImage(String image) {
        try {
            docker.removeImageCmd(image).withForce(true).exec();
        } catch (ConflictException | NotFoundException e) {
            // Still built upon by one that is removed in the next round, or gone with it.
            assert e.getMessage() != null;
        }
    }
}
