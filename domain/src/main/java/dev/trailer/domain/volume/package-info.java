/**
 * Data that outlives workspaces. A volume lives on one host, is in use by at most one workspace, and is deleted only
 * by its own explicit command. Door: {@link dev.trailer.domain.volume.VolumeCommand} and {@link
 * dev.trailer.domain.volume.VolumeEvent}.
 */
@NullMarked
package dev.trailer.domain.volume;

import org.jspecify.annotations.NullMarked;
