package dev.trailer.domain.image;

import dev.trailer.domain.name.ImageName;

/** One version of an image. The name never changes, so it may be kept beside the id. */
public record ImageRef(ImageId id, ImageName name, int version) {}
