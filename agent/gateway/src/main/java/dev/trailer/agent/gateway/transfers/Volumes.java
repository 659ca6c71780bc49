package dev.trailer.agent.gateway.transfers;

import dev.trailer.domain.volume.Volume;

/** Port: finds what a path names. Any thread; blocks. */
public interface Volumes {
    /** @throws dev.trailer.domain.reason.Refused with {@code not_found} */
    Volume volume(String id);
}
