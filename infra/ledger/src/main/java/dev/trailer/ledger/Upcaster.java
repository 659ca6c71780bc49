package dev.trailer.ledger;

import tools.jackson.databind.node.ObjectNode;

/** Turns the stored form of one revision of an event into the next; a chain of them leads to today's. */
public interface Upcaster {
    /** The stored name, for example {@code workspace.created}. */
    String type();

    /** The revision that this reads; it answers this plus one. */
    int from();

    /** @param payload may be changed in place and answered */
    ObjectNode upcast(ObjectNode payload);
}
