package dev.trailer.ledger;

/** Somebody else recorded events of the same subject meanwhile. Nothing was done; load again and decide again. */
public final class SequenceConflict extends RuntimeException {
    SequenceConflict(String aggregateId) {
        super("another writer was first on " + aggregateId, null, false, false);
    }
}
