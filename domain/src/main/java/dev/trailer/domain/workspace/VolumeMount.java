package dev.trailer.domain.workspace;

import dev.trailer.domain.name.VolumeName;
import dev.trailer.domain.volume.VolumeId;

/** One volume of a workspace and where it appears. */
public record VolumeMount(VolumeId volume, VolumeName name, MountPath mountPath) {}
