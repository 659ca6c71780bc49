package dev.trailer.command.hosts;

import dev.trailer.command.change.SideWrite;
import dev.trailer.domain.host.HostId;
import java.time.Instant;

/** Port: makes the one-time token by which a host's agent becomes known. */
public interface HostEnrolments {
    /** @param stored must be written with the host's registration */
    record NewToken(String token, Instant expiresAt, SideWrite stored) {}

    NewToken newToken(HostId host);
}
