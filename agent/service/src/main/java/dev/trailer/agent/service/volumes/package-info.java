/**
 * The files of volumes: read, replaced and copied by way of containers that never run, and sent to and from the server. Doors:
 * {@link dev.trailer.agent.service.volumes.VolumeFiles} and {@link dev.trailer.agent.service.volumes.Transfers}.
 */
@NullMarked
package dev.trailer.agent.service.volumes;

import org.jspecify.annotations.NullMarked;
