package dev.trailer.agent.service.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.ContainerMount;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.Observed;
import dev.trailer.agent.plan.Observed.Status;
import dev.trailer.agent.protocol.Labels;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns an engine's lists into what the planner looks at. */
final class DockerObserver {
    private DockerObserver() {}

    static Observed observe(DockerClient docker, Identity us) {
        var containers = new ArrayList<Observed.Container>();
        for (Container listed : docker.listContainersCmd().withShowAll(true).exec()) {
            container(docker, listed, us).ifPresent(containers::add);
        }
        List<Observed.Network> networks = docker.listNetworksCmd().exec().stream()
                .map(network -> new Observed.Network(network.getId(), network.getName(), orEmpty(network.getLabels())))
                .toList();
        var listedVolumes = docker.listVolumesCmd().exec().getVolumes();
        List<Observed.Volume> volumes = listedVolumes == null
                ? List.of()
                : listedVolumes.stream()
                        .map(volume -> new Observed.Volume(volume.getName(), orEmpty(volume.getLabels())))
                        .toList();
        List<Observed.Image> images = docker.listImagesCmd().exec().stream()
                .map(image -> new Observed.Image(
                        imageId(image.getId()),
                        tags(image.getRepoTags()),
                        orEmpty(image.getLabels()),
                        image.getSize(),
                        image.getCreated() == null ? Instant.EPOCH : Instant.ofEpochSecond(image.getCreated())))
                .toList();
        return new Observed(containers, networks, volumes, images);
    }

    private static Optional<Observed.Container> container(DockerClient docker, Container listed, Identity us) {
        Map<String, String> labels = orEmpty(listed.getLabels());
        Set<String> volumes = volumes(listed.getMounts());
        String[] names = listed.getNames();
        String name = names == null || names.length == 0 ? listed.getId() : names[0].replaceFirst("^/", "");
        // Whoever's it is: a GPU that is in it is in use.
        if (!us.owns(labels) && !labels.containsKey(Labels.GPUS)) {
            return Optional.of(new Observed.Container(
                    listed.getId(),
                    name,
                    labels,
                    status(listed.getState()),
                    0,
                    false,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    volumes,
                    List.of(),
                    imageId(listed.getImageId())));
        }
        try {
            InspectContainerResponse inspected =
                    docker.inspectContainerCmd(listed.getId()).exec();
            InspectContainerResponse.ContainerState state = inspected.getState();
            Long exitCode = state.getExitCodeLong();
            Status status = status(state.getStatus());
            Instant startedAt = time(state.getStartedAt());
            Instant finishedAt = time(state.getFinishedAt());
            // The engine stamps a start once the process is under way: one that ended at once ended before that.
            boolean endedFirst = status == Status.EXITED && finishedAt.isBefore(startedAt);
            return Optional.of(new Observed.Container(
                    listed.getId(),
                    name,
                    labels,
                    status,
                    exitCode == null ? 0 : exitCode.intValue(),
                    Boolean.TRUE.equals(state.getOOMKilled()),
                    startedAt,
                    endedFirst ? startedAt : finishedAt,
                    volumes,
                    gpus(inspected.getHostConfig()),
                    imageId(listed.getImageId())));
        } catch (NotFoundException e) {
            // Gone between the list and the look.
            return Optional.empty();
        }
    }

    /** As images are listed; some engines leave out what kind of id it is. */
    private static String imageId(@Nullable String id) {
        return id == null || id.isEmpty() || id.startsWith("sha256:") ? String.valueOf(id) : "sha256:" + id;
    }

    private static Status status(@Nullable String state) {
        return switch (state) {
            case "created" -> Status.CREATED;
            case "running", "paused", "restarting" -> Status.RUNNING;
            case "removing" -> Status.REMOVING;
            case "dead" -> Status.DEAD;
            case null, default -> Status.EXITED;
        };
    }

    /** The engine writes the year 1 where there is no time. */
    private static Instant time(@Nullable String text) {
        try {
            Instant time = text == null ? Instant.EPOCH : Instant.parse(text);
            return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static Set<String> volumes(@Nullable List<ContainerMount> mounts) {
        return mounts == null
                ? Set.of()
                : mounts.stream()
                        .map(ContainerMount::getName)
                        .filter(name -> name != null && !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** What was asked of the engine, rather than a label that an image could carry. */
    private static List<String> gpus(@Nullable HostConfig config) {
        List<DeviceRequest> requests = config == null ? null : config.getDeviceRequests();
        return requests == null
                ? List.of()
                : requests.stream()
                        .map(DeviceRequest::getDeviceIds)
                        .filter(Objects::nonNull)
                        .flatMap(List::stream)
                        .toList();
    }

    private static Set<String> tags(String @Nullable [] tags) {
        // An image without a name is listed with one that says so.
        return tags == null
                ? Set.of()
                : Stream.of(tags)
                        .filter(tag -> !tag.equals("<none>:<none>"))
                        .map(Dialect::shortTag)
                        .collect(Collectors.toUnmodifiableSet());
    }

    static Map<String, String> orEmpty(@Nullable Map<String, String> labels) {
        return labels == null ? Map.of() : labels;
    }
}
