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

    /** What the event itself says, which is its name at that time; or else what it was last called. */
    private @Nullable String nameOfSubject(RecordedEvent event) {
        var said = SubjectNames.saidBy(event.event());
        return said == null ? subjects.of(event.subject()) : said;
    }
}
