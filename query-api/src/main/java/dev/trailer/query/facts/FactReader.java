package dev.trailer.query.facts;

import dev.trailer.api.FactView;
import dev.trailer.api.FactView.ActorView;
import dev.trailer.api.FactView.ResourceView;
import dev.trailer.api.People;
import dev.trailer.domain.access.AccessPolicy;
import dev.trailer.domain.access.Operation;
import dev.trailer.domain.access.Principal;
import dev.trailer.domain.access.Role;
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

    /** What subjects are called where their events do not say. */
    public interface Names {
        @Nullable
        String of(RecordedEvent event);

        /** An event has said what its subject is called. */
        default void heard(RecordedEvent event, String name) {}
    }

    /** What decides which facts somebody sees: whoever has an equal one sees the same, so that streams share their work. */
    public record Sight(Role role) {}

    public Sight sightOf(Principal principal) {
        return new Sight(principal.role());
    }

    /** Whether somebody may see a fact, in a list or live. */
    public boolean visible(Principal principal, RecordedEvent event) {
        return AccessPolicy.permits(principal, Operation.FACTS_READ, null);
    }

    public FactView view(RecordedEvent event) {
        return view(event, this::lastNameOf);
    }

    /** @param names asked where the event itself does not say the name, which is its subject's name at that time */
    public FactView view(RecordedEvent event, Names names) {
        var metadata = event.metadata();
        var actor = metadata.actor();
        return new FactView(
                event.position(),
                event.eventId(),
                event.type(),
                event.recordedAt(),
                new ActorView(actor.kind(), actor.id(), name(actor)),
                new ResourceView(event.subject().kind(), event.subject().id(), nameOfSubject(event, names)),
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

    /** What the subject was last called; null where that is not known yet. Blocks on the database. */
    public @Nullable String lastNameOf(RecordedEvent event) {
        return subjects.of(event.subject());
    }

    private static @Nullable String nameOfSubject(RecordedEvent event, Names names) {
        var said = SubjectNames.saidBy(event.event());
        if (said == null) {
            return names.of(event);
        }
        names.heard(event, said);
        return said;
    }
}
