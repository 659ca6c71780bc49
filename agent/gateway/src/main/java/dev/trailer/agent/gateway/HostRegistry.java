package dev.trailer.agent.gateway;

import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Credentials of hosts, for who registers and removes them. Pure: answers what to write. Any thread. */
public final class HostRegistry {
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(24);

    private final Clock clock;

    HostRegistry(Clock clock) {
        this.clock = clock;
    }

    /** A token by which one agent may become the agent of {@code host}, once, within 24 hours. */
    public NewEnrolment newToken(HostRef host) {
        var token = Secret.fresh(Secret.ENROLMENT_PREFIX);
        var expiresAt = clock.instant().plus(TOKEN_LIFETIME);
        return new NewEnrolment(
                token,
                expiresAt,
                GatewayWrite.of(
                        "insert into enrolment_token (token_hash, host, host_name, expires_at) values (?, ?, ?, ?)",
                        Secret.hash(token),
                        host.id().value(),
                        host.name().value(),
                        expiresAt));
    }

    /**
     * To be written before a rotated token is: tokens from before are good for nothing.
     *
     * @param atOnce the agent that has the host is refused from then on, rather than once the next one enrols
     */
    public List<GatewayWrite> shutOut(HostId host, boolean atOnce) {
        var tokens = GatewayWrite.of("delete from enrolment_token where host = ?", host.value());
        return atOnce
                ? List.of(
                        tokens,
                        GatewayWrite.of("delete from host_credential where host = ?", host.value()),
                        endSessions(host))
                : List.of(tokens);
    }

    /** Whoever has one of the host's sessions is asked for its secret again. */
    static GatewayWrite endSessions(HostId host) {
        return GatewayWrite.of("delete from agent_token where host = ?", host.value());
    }

    /** All that is known of a host's agents; to be written in the transaction that records its removal. */
    public List<GatewayWrite> forget(HostId host) {
        return List.of(
                GatewayWrite.of("delete from enrolment_token where host = ?", host.value()),
                GatewayWrite.of("delete from host_credential where host = ?", host.value()),
                // In this order, as when a session is opened: two that lock the same rows must not wait for each other.
                GatewayWrite.of("delete from agent_session where host = ?", host.value()),
                endSessions(host),
                GatewayWrite.of("delete from host_stray where host = ?", host.value()),
                GatewayWrite.of("delete from host_image where host = ?", host.value()),
                GatewayWrite.of("delete from host_image_policy where host = ?", host.value()),
                GatewayWrite.of("delete from host_sample where host = ?", host.value()));
    }
}
