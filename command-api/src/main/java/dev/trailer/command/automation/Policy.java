package dev.trailer.command.automation;

import dev.trailer.domain.facts.RecordedEvent;

/**
 * Reacts to events with commands. Told of every event in order from the moment the policy first existed, at least once:
 * after a crash the same event may come again, so what it sends must be harmless a second time.
 */
public interface Policy {
    /** Never changes: how far it has come is kept under it. */
    String name();

    /**
     * Returns within some seconds, or gives way.
     *
     * @throws Unfinished to be told of the event again at once: there is more to do than one call may take
     * @throws RuntimeException to be told of the event again, a little later; it shows as a failure until then
     */
    void on(RecordedEvent event);

    /** What is done so far stays done; the rest is for the next call. */
    final class Unfinished extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unfinished(String what) {
            super(what, null, false, false);
        }
    }
}
