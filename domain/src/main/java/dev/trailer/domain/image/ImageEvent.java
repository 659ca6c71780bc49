package dev.trailer.domain.image;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.ImageName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What has happened to an image. */
public sealed interface ImageEvent extends DomainEvent {
    ImageId image();

    @StoredAs("image.defined")
    record ImageDefined(ImageId image, ImageName name, ImageSource source, int version, long generation)
            implements ImageEvent {}

    @StoredAs("image.revised")
    record ImageRevised(ImageId image, ImageSource source, int version, long generation) implements ImageEvent {}

    @StoredAs("image.build-requested")
    record BuildRequested(
            ImageId image,
            int build,
            ImageRef of,
            HostRef host,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Boolean noCache)
            implements ImageEvent {
        /** From cache. */
        public BuildRequested(ImageId image, int build, ImageRef of, HostRef host) {
            this(image, build, of, host, null);
        }

        /** Null in events from before there was the choice, and wherever the cache may be used. */
        public boolean mustBeAnew() {
            return Boolean.TRUE.equals(noCache);
        }
    }

    @StoredAs("image.build-cancelled")
    record BuildCancelled(ImageId image, int build, HostRef host) implements ImageEvent {}

    @StoredAs("image.build-recorded")
    record BuildRecorded(ImageId image, int build, HostRef host, BuildOutcome outcome) implements ImageEvent {}

    /**
     * A host has taken it away because nothing needed it, or somebody has past the agent. It is built again there when needed.
     *
     * @param sizeBytes as its engine counted it
     * @param unneededSince null if something needed it when it was last seen, or it was to be kept
     */
    @StoredAs("image.version-gone")
    record VersionGone(
            ImageId image,
            int version,
            HostId host,
            long sizeBytes,
            @Nullable Instant unneededSince) implements ImageEvent {}

    @StoredAs("image.retired")
    record ImageRetired(ImageId image, long generation) implements ImageEvent {}
}
