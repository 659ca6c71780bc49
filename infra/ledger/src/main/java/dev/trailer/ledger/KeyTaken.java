package dev.trailer.ledger;

/** A request with the same Idempotency-Key was recorded meanwhile. Nothing was done; look up its answer. */
public final class KeyTaken extends RuntimeException {
    KeyTaken() {
        super("the idempotency key has been used meanwhile", null, false, false);
    }
}
