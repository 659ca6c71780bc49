package dev.trailer.query.facts;

import dev.trailer.api.FactView;
import dev.trailer.api.FactView.ActorView;
import dev.trailer.api.FactView.ResourceView;
import dev.trailer.api.People;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.host.HostEvent.HostRegistered;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.image.ImageEvent.ImageDefined;
import dev.trailer.domain.volume.VolumeEvent.VolumeAttached;
import dev.trailer.domain.volume.VolumeEvent.VolumeCreated;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceChanged;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceCreated;
import dev.trailer.query.hosts.HostNames;
import org.jspecify.annotations.Nullable;

/** Facts as documents, and who may see them. Any thread; may block on the database for names. */
public final class FactReader {
    private final People people;
    private final HostNames hosts;
    private final SubjectNames subjects;

    FactReader(People people, HostNames hosts, SubjectNames subjects) {
        this.people = people;
        this.hosts = hosts;
        this.subjects = subjects;
    }

    /** Whether somebody may see a fact, in a list or live. */
    public boolean visible(Principal principal, RecordedEvent event) {
        return AccessPolicy.permits(principal, Operation.FACTS_READ, null);
    }

    public FactView view(RecordedEvent event) {
        var metadata = event.metadata();
        var actor = metadata.actor();
        return new FactView(
                event.position(),
                event.eventId(),
                event.type(),
                event.recordedAt(),
                new ActorView(actor.kind(), actor.id(), name(actor)),
                new ResourceView(event.subject().kind(), event.subject().id(), nameOfSubject(event)),
                metadata.commandId(),
                metadata.correlationId(),
                metadata.causationId(),
                metadata.traceId(),
                event.event());
    }

    private String name(Actor actor) {
        return switch (actor.kind()) {
            case ACCOUNT -> people.handleOf(new AccountId(actor.id()));
            case AGENT -> hosts.of(actor.id());
            case SYSTEM -> actor.id();
        };
    }

    /** What the event itself says, which is its name at that time; or else the name that it has now. */
    private @Nullable String nameOfSubject(RecordedEvent event) {
        var said = nameIn(event);
        if (said == null) {
            return subjects.of(event.subject());
        }
        subjects.remember(event.subject(), said, event.position());
        return said;
    }

    private static @Nullable String nameIn(RecordedEvent event) {
        return switch (event.event()) {
            case WorkspaceCreated e -> e.spec().name().value();
            case WorkspaceChanged e -> e.spec().name().value();
            case VolumeCreated e -> e.name().value();
            case VolumeAttached e -> e.name().value();
            case ImageDefined e -> e.name().value();
            case BuildRequested e -> e.of().name().value();
            case HostRegistered e -> e.name().value();
            default -> null;
        };
    }
}
