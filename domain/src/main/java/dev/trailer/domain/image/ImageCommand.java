package dev.trailer.domain.image;

import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.ImageName;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What may be asked of an image. {@code ifGeneration}: refuse with {@code stale} unless this is its generation. */
public sealed interface ImageCommand extends DomainCommand {
    ImageId image();

    @Override
    default String target() {
        return image().value();
    }

    record DefineImage(@TargetAggregateIdentifier ImageId image, ImageName name, ImageSource source)
            implements ImageCommand {}

    /** The next version. Workspaces keep the version they run until they are started again. */
    record ReviseImage(
            @TargetAggregateIdentifier ImageId image,
            ImageSource source,
            @Nullable Long ifGeneration) implements ImageCommand {}

    /**
     * Build the latest version on a host now, whether or not a workspace needs it there.
     *
     * @param noCache do each step anew, also where the host has the image already
     */
    record RequestBuild(@TargetAggregateIdentifier ImageId image, HostRef host, boolean noCache)
            implements ImageCommand {
        /** With whatever the host still has of earlier builds. */
        public RequestBuild(ImageId image, HostRef host) {
            this(image, host, false);
        }
    }

    /** Nobody waits for it any more. A build that has ended, however, stays as it ended. */
    record CancelBuild(@TargetAggregateIdentifier ImageId image, int build) implements ImageCommand {}

    record RecordBuild(@TargetAggregateIdentifier ImageId image, int build, BuildOutcome outcome)
            implements ImageCommand {}

    /**
     * A host that had it has this version no more.
     *
     * @param unneededSince null if something needed it when it was last seen, or it was to be kept
     */
    record RecordVersionGone(
            @TargetAggregateIdentifier ImageId image,
            int version,
            HostId host,
            long sizeBytes,
            @Nullable Instant unneededSince)
            implements ImageCommand {}

    /** No new workspace may use it; those that do go on. Its name becomes free. */
    record RetireImage(
            @TargetAggregateIdentifier ImageId image,
            @Nullable Long ifGeneration) implements ImageCommand {}
}
