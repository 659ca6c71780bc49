package dev.trailer.command.hosts;

import dev.trailer.command.change.SideWrite;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import java.time.Instant;
import java.util.List;

/** Port: makes the one-time token by which a host's agent becomes known. */
public interface HostEnrolments {
    /** @param stored must be written with the host's registration */
    record NewToken(String token, Instant expiresAt, SideWrite stored) {}

    NewToken newToken(HostRef host);

    /** What must be written with a host's removal, so that its agent is refused from then on. */
    List<SideWrite> forget(HostId host);
}
