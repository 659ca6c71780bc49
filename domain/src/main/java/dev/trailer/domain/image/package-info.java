/**
 * What workspaces are started from: named, versioned, built from a Dockerfile or taken by reference. Door: {@link
 * dev.trailer.domain.image.ImageCommand} and {@link dev.trailer.domain.image.ImageEvent}.
 */
@NullMarked
package dev.trailer.domain.image;

import org.jspecify.annotations.NullMarked;
