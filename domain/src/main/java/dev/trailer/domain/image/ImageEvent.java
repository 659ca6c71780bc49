package dev.trailer.domain.image;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.name.ImageName;

/** What has happened to an image. */
public sealed interface ImageEvent extends DomainEvent {
    ImageId image();

    @StoredAs("image.defined")
    record ImageDefined(ImageId image, ImageName name, ImageSource source, int version, long generation)
            implements ImageEvent {}

    @StoredAs("image.revised")
    record ImageRevised(ImageId image, ImageSource source, int version, long generation) implements ImageEvent {}

    @StoredAs("image.build-requested")
    record BuildRequested(ImageId image, int build, ImageRef of, HostRef host) implements ImageEvent {}

    @StoredAs("image.build-recorded")
    record BuildRecorded(ImageId image, int build, HostRef host, BuildOutcome outcome) implements ImageEvent {}

    @StoredAs("image.retired")
    record ImageRetired(ImageId image, long generation) implements ImageEvent {}
}
