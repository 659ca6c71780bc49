/**
 * Volumes as read, in use and kept: the view and its GET endpoints. Door: {@link
 * dev.trailer.query.volumes.VolumesConfiguration}.
 */
@NullMarked
package dev.trailer.query.volumes;

import org.jspecify.annotations.NullMarked;
