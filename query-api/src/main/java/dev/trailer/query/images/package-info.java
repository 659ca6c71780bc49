/**
 * Images as read, with their versions and latest builds: the view and its GET endpoints. Door: {@link\n * dev.trailer.query.images.ImagesConfiguration}, {@link dev.trailer.query.images.ImageDefinitions}.
 */
@NullMarked
package dev.trailer.query.images;

import org.jspecify.annotations.NullMarked;
