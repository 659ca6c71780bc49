/**
 * Volumes as read, in use and kept: the view and its GET endpoint. Door: {@link\n * dev.trailer.query.volumes.VolumesConfiguration}.
 */
@NullMarked
package dev.trailer.query.volumes;

import org.jspecify.annotations.NullMarked;
