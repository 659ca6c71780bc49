package dev.trailer.api;

import dev.trailer.domain.image.Image;
import dev.trailer.domain.image.ImageSource;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image as read.
 *
 * @param builds the newest first, at most {@value #MAX_BUILDS}; empty in the answer to a change
 * @param held where versions are that hosts have built, the newest first; empty in the answer to a change
 * @param createdAt null in the answer to a change
 */
@Schema(name = "Image")
public record ImageView(
        String id,
        String name,
        long version,
        long generation,
        int latestVersion,
        @Schema(allowableValues = {"active", "retired"}) String state,
        List<VersionView> versions,
        List<BuildView> builds,
        List<HeldView> held,
        @Nullable Instant createdAt) {

    public static final int MAX_BUILDS = 50;

    /**
     * Either {@code dockerfile} or {@code reference} is set.
     *
     * @param registrySecret the name of the secret with what the registry asks for
     */
    @Schema(name = "ImageVersion")
    public record VersionView(
            int version,
            @Nullable String dockerfile,
            Map<String, String> files,
            Map<String, String> buildArgs,
            @Nullable String reference,
            @Nullable String registrySecret,
            @Nullable BaseView base,
            @Nullable Instant createdAt) {}

    /** The version of another image that it is built on. */
    @Schema(name = "ImageBase")
    public record BaseView(String name, int version) {}

    /** @param startedAt when its host began; null before, and where nothing had to be done */
    @Schema(name = "ImageBuild")
    public record BuildView(
            int build,
            int version,
            String host,
            String hostId,

            @Schema(allowableValues = {"requested", "building", "succeeded", "failed", "cancelled"})
            String state,

            @Nullable ReasonView reason,
            @Nullable String digest,
            @Nullable Long sizeBytes,
            boolean noCache,
            Instant requestedAt,
            @Nullable Instant startedAt,
            @Nullable Instant finishedAt) {}

    /**
     * A version that is on a host's engine.
     *
     * @param sizeBytes as the engine counts it, with the layers that it shares with others
     * @param standing why it is there: a container was made from it; something desired needs it; it is one of those that always
     *     stay; or it stays until {@code goesAt}
     */
    @Schema(name = "HeldVersion")
    public record HeldView(
            int version,
            String host,
            String hostId,
            long sizeBytes,

            @Schema(allowableValues = {"in-use", "needed", "kept", "going"})
            String standing,

            @Nullable Instant goesAt) {}

    /** In the answer to a change: by its own state alone. */
    public static ImageView of(Image image) {
        return of(image, List.of(), List.of(), List.of(), null);
    }

    /** @param versionTimes when each version was made, or empty where that is not known */
    public static ImageView of(
            Image image,
            List<Instant> versionTimes,
            List<BuildView> builds,
            List<HeldView> held,
            @Nullable Instant createdAt) {
        var versions = new ArrayList<VersionView>();
        for (int i = 0; i < image.sources().size(); i++) {
            versions.add(version(i + 1, image.sources().get(i), i < versionTimes.size() ? versionTimes.get(i) : null));
        }
        return new ImageView(
                image.id().value(),
                image.name().value(),
                image.version(),
                image.generation(),
                image.latestVersion(),
                image.retired() ? "retired" : "active",
                versions,
                builds,
                held,
                createdAt);
    }

    private static VersionView version(int number, ImageSource source, @Nullable Instant at) {
        var named = source.secret();
        var secret = named == null ? null : named.name().value();
        return switch (source) {
            case ImageSource.Dockerfile d ->
                new VersionView(
                        number,
                        d.text(),
                        d.files(),
                        d.buildArgs(),
                        null,
                        secret,
                        d.base() == null
                                ? null
                                : new BaseView(d.base().name().value(), d.base().version()),
                        at);
            case ImageSource.Reference r ->
                new VersionView(number, null, Map.of(), Map.of(), r.reference(), secret, null, at);
        };
    }
}
