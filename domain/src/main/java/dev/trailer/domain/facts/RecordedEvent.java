package dev.trailer.domain.facts;

import dev.trailer.domain.DomainEvent;
import java.time.Instant;

/**
 * An event as the ledger keeps it.
 *
 * @param position its place in the one order of everything: from 1, without gaps, in commit order
 * @param sequence its place among the events of its subject, from 0
 * @param type its stored name, for example {@code workspace.created}
 * @param recordedAt never decreases with position
 */
public record RecordedEvent(
        long position,
        String eventId,
        Subject subject,
        long sequence,
        String type,
        DomainEvent event,
        Metadata metadata,
        Instant recordedAt) {}
