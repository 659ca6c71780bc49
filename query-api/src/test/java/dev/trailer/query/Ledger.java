package dev.trailer.query;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.facts.Metadata;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.facts.Subject;
import dev.trailer.domain.host.HostEvent;
import dev.trailer.domain.image.ImageEvent;
import dev.trailer.domain.secret.SecretEvent;
import dev.trailer.domain.volume.VolumeEvent;
import dev.trailer.domain.workspace.WorkspaceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** For tests: a ledger in memory. The event at position n was recorded n seconds after {@link #START}. Any thread. */
public final class Ledger {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final AccountId OWNER = new AccountId("00000000-0000-4000-8000-00000000c001");

    private final List<RecordedEvent> events = new ArrayList<>();

    public static Ledger of(DomainEvent... events) {
        var ledger = new Ledger();
        for (var event : events) {
            ledger.record(event);
        }
        return ledger;
    }

    public static Instant at(long position) {
        return START.plusSeconds(position);
    }

    public synchronized Ledger record(DomainEvent event) {
        long position = events.size() + 1L;
        events.add(new RecordedEvent(
                position,
                "event-" + position,
                subject(event),
                0,
                event.getClass().getAnnotation(StoredAs.class).value(),
                event,
                new Metadata(Actor.account(OWNER), "command-" + position, "correlation", null, null),
                at(position)));
        return this;
    }

    public synchronized List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    public synchronized List<RecordedEvent> after(long position, int limit) {
        int from = (int) Math.min(position, events.size());
        return List.copyOf(events.subList(from, Math.min(events.size(), from + limit)));
    }

    public synchronized long head() {
        return events.size();
    }

    private static Subject subject(DomainEvent event) {
        return switch (event) {
            case WorkspaceEvent e ->
                new Subject(Subject.Kind.WORKSPACE, e.workspace().value());
            case VolumeEvent e -> new Subject(Subject.Kind.VOLUME, e.volume().value());
            case ImageEvent e -> new Subject(Subject.Kind.IMAGE, e.image().value());
            case HostEvent e -> new Subject(Subject.Kind.HOST, e.host().value());
            case SecretEvent e -> new Subject(Subject.Kind.SECRET, e.secret().value());
            default -> throw new IllegalArgumentException("of no family: " + event);
        };
    }
}
