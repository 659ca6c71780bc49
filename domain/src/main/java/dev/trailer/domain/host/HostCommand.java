package dev.trailer.domain.host;

import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.name.HostName;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What may be asked of a host. */
public sealed interface HostCommand extends DomainCommand {
    HostId host();

    @Override
    default String target() {
        return host().value();
    }

    record RegisterHost(@TargetAggregateIdentifier HostId host, HostName name) implements HostCommand {}

    /** Its agent has shown the enrolment token. The credential itself is kept elsewhere. */
    record EnrolHost(@TargetAggregateIdentifier HostId host) implements HostCommand {}

    record ReportCapability(@TargetAggregateIdentifier HostId host, Capability capability) implements HostCommand {}

    record LoseHost(@TargetAggregateIdentifier HostId host, Instant lastSeen) implements HostCommand {}

    /** Its agent is heard from (again). */
    record ReturnHost(@TargetAggregateIdentifier HostId host) implements HostCommand {}

    /** No new workspace is placed there; those that are there go on. */
    record CordonHost(@TargetAggregateIdentifier HostId host) implements HostCommand {}

    /** As cordoned; moreover what runs there is to be stopped, and nothing starts there. Its volumes stay. */
    record DrainHost(@TargetAggregateIdentifier HostId host) implements HostCommand {}

    /** Undoes {@link CordonHost} and {@link DrainHost}; starts nothing. */
    record ResumeHost(@TargetAggregateIdentifier HostId host) implements HostCommand {}

    /** An agent may enrol anew. Token and credential are kept elsewhere. */
    record RotateHostToken(@TargetAggregateIdentifier HostId host, boolean revoke) implements HostCommand {}

    /** Its machine will not come back. Refused while its agent answers. */
    record AbandonHost(@TargetAggregateIdentifier HostId host) implements HostCommand {}

    /** Refused while workspaces or volumes are there. */
    record RemoveHost(@TargetAggregateIdentifier HostId host) implements HostCommand {}
}
