package dev.trailer.command.hosts;

import dev.trailer.command.change.SideWrite;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import java.time.Instant;
import java.util.List;

/** Port: makes the one-time token by which a host's agent becomes known. */
public interface HostEnrolments {
    /** @param stored must be written with the host's registration, or after what {@link #shutOut} says */
    record NewToken(String token, Instant expiresAt, SideWrite stored) {}

    NewToken newToken(HostRef host);

    /**
     * What must be written before a rotated token is stored: tokens from before are good for nothing.
     *
     * @param atOnce the agent that has the host is refused from then on, rather than once the next one enrols
     */
    List<SideWrite> shutOut(HostId host, boolean atOnce);

    /** What must be written with a host's removal, so that its agent is refused from then on. */
    List<SideWrite> forget(HostId host);
}
