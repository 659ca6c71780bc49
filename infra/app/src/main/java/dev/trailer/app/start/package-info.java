/**
 * What happens once a server is up: the first admin, the image base, the local host. Door: {@link
 * dev.trailer.app.start.FirstStart}.
 */
@NullMarked
package dev.trailer.app.start;

import org.jspecify.annotations.NullMarked;
