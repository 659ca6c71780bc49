package dev.trailer.query.volumes;

import dev.trailer.domain.volume.Volume;
import java.time.Instant;

/** A volume in its view. */
record VolumeRow(Volume state, Instant createdAt) {}
