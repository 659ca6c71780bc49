/**
 * Changes to images. Door: the controller, over HTTP; {@link dev.trailer.command.images.ImageLookup} for who needs one.
 */
@NullMarked
package dev.trailer.command.images;

import org.jspecify.annotations.NullMarked;
