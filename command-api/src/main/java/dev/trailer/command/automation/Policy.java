package dev.trailer.command.automation;

import dev.trailer.domain.facts.RecordedEvent;

/**
 * Reacts to events with commands. Told of every event in order from the moment the policy first existed, at least once:
 * after a crash the same event may come again, so what it sends must be harmless a second time.
 */
public interface Policy {
    /** Never changes: how far it has come is kept under it. */
    String name();

    /** @throws RuntimeException to be told of the event again, a little later */
    void on(RecordedEvent event);
}
