package dev.trailer.domain.host;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.name.HostName;
import java.time.Instant;

/** What has happened to a host. */
public sealed interface HostEvent extends DomainEvent {
    HostId host();

    @StoredAs("host.registered")
    record HostRegistered(HostId host, HostName name) implements HostEvent {}

    @StoredAs("host.enrolled")
    record HostEnrolled(HostId host) implements HostEvent {}

    @StoredAs("host.capability-reported")
    record CapabilityReported(HostId host, Capability capability) implements HostEvent {}

    @StoredAs("host.lost")
    record HostLost(HostId host, Instant lastSeen) implements HostEvent {}

    @StoredAs("host.returned")
    record HostReturned(HostId host) implements HostEvent {}

    @StoredAs("host.cordoned")
    record HostCordoned(HostId host, long generation) implements HostEvent {}

    @StoredAs("host.resumed")
    record HostResumed(HostId host, long generation) implements HostEvent {}

    /** It takes no newcomers, what ran there is being stopped, and nothing starts there until it is resumed. */
    @StoredAs("host.drained")
    record HostDrained(HostId host, long generation) implements HostEvent {}

    /** @param revoked whether the agent that had the host is shut out at once, rather than when the next one enrols */
    @StoredAs("host.token-rotated")
    record HostTokenRotated(HostId host, boolean revoked) implements HostEvent {}

    /** Its machine is gone for good; what was there is given up, one thing after the other, and then the host. */
    @StoredAs("host.abandoned")
    record HostAbandoned(HostId host, long generation) implements HostEvent {}

    /** The last event of a host. */
    @StoredAs("host.removed")
    record HostRemoved(HostId host) implements HostEvent {}
}
