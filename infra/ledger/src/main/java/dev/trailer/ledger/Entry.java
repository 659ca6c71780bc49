package dev.trailer.ledger;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.facts.Subject;
import java.util.UUID;

/**
 * An event that is to be recorded.
 *
 * @param sequence must be the next of its subject
 */
record Entry(UUID eventId, Subject subject, long sequence, DomainEvent event, EventCodec.Encoded encoded) {}
