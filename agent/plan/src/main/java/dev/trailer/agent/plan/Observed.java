package dev.trailer.agent.plan;

import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.Labels;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is on an engine, ours and others', in no engine's own terms. */
public record Observed(
        List<Container> containers, List<Network> networks, List<Volume> volumes, List<Image> images, HostGpus gpus) {

    public static final Observed NOTHING = new Observed(List.of(), List.of(), List.of(), List.of());

    public Observed {
        containers = List.copyOf(containers);
        networks = List.copyOf(networks);
        volumes = List.copyOf(volumes);
        images = List.copyOf(images);
    }

    public Observed(List<Container> containers, List<Network> networks, List<Volume> volumes, List<Image> images) {
        this(containers, networks, volumes, images, HostGpus.NONE);
    }

    /** With the GPUs of the machine, of which an engine knows nothing. */
    public Observed with(HostGpus machine) {
        return new Observed(containers, networks, volumes, images, machine);
    }

    /** What a container is doing. A paused one counts as running: it holds its memory and can be stopped. */
    public enum Status {
        /** Made, never started. */
        CREATED,
        RUNNING,
        EXITED,
        /** The engine is taking it away; nothing can be done with it. */
        REMOVING,
        /** The engine failed to take it away; it can only be removed again. */
        DEAD
    }

    /**
     * @param startedAt by the engine's clock; {@link Instant#EPOCH} if never, as for containers that are not ours
     * @param finishedAt of the last run, by the engine's clock
     * @param volumes names on the engine of the volumes it mounts
     * @param gpus UUIDs of those that it was made with
     * @param image the engine's id of the image that it was made from; empty where that is not told
     */
    public record Container(
            String id,
            String name,
            Map<String, String> labels,
            Status status,
            int exitCode,
            boolean outOfMemory,
            Instant startedAt,
            Instant finishedAt,
            Set<String> volumes,
            List<String> gpus,
            String image) {
        public Container {
            labels = Map.copyOf(labels);
            volumes = Set.copyOf(volumes);
            gpus = List.copyOf(gpus);
        }

        /** One without GPUs, of an image that is not told. */
        public Container(
                String id,
                String name,
                Map<String, String> labels,
                Status status,
                int exitCode,
                boolean outOfMemory,
                Instant startedAt,
                Instant finishedAt,
                Set<String> volumes) {
            this(id, name, labels, status, exitCode, outOfMemory, startedAt, finishedAt, volumes, List.of(), "");
        }

        /** The generation that made it; -1 where the label is none of ours to understand. */
        long generation() {
            String label = labels.getOrDefault(Labels.GENERATION, "");
            return label.matches("\\d{1,18}") ? Long.parseLong(label) : -1;
        }

        boolean of(String workspace) {
            return workspace.equals(labels.get(Labels.WORKSPACE));
        }
    }

    public record Network(String id, String name, Map<String, String> labels) {
        public Network {
            labels = Map.copyOf(labels);
        }
    }

    /** @param name on the engine, {@code trailer-<volume id>} for ours */
    public record Volume(String name, Map<String, String> labels) {
        public Volume {
            labels = Map.copyOf(labels);
        }
    }

    /** @param createdAt when it was built, by the engine's clock; {@link Instant#EPOCH} where that is not told */
    public record Image(String id, Set<String> tags, Map<String, String> labels, long sizeBytes, Instant createdAt) {
        public Image {
            tags = Set.copyOf(tags);
            labels = Map.copyOf(labels);
        }

        /** Of no known age. */
        public Image(String id, Set<String> tags, Map<String, String> labels, long sizeBytes) {
            this(id, tags, labels, sizeBytes, Instant.EPOCH);
        }

        /** The last build that demanded that it be made anew; 0 if none did. */
        int build() {
            String label = labels.getOrDefault(Labels.BUILD, "");
            return label.matches("\\d{1,9}") ? Integer.parseInt(label) : 0;
        }
    }

    /** The image of exactly this version, if this install made it. Images are shared by an install's hosts. */
    Optional<Image> image(Identity us, ImageRef wanted) {
        return images.stream()
                .filter(image -> image.tags().contains(Names.image(wanted))
                        && us.install().equals(image.labels().get(Labels.INSTALL))
                        && Names.imageLabel(wanted).equals(image.labels().get(Names.IMAGE_LABEL)))
                .findFirst();
    }
}
