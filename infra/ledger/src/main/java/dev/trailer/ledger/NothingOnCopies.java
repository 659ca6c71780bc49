package dev.trailer.ledger;

/** On copies nothing need change: whether that is so in the ledger is not known yet. */
public final class NothingOnCopies extends RuntimeException {
    NothingOnCopies() {
        super("nothing need change, as far as the copies go", null, false, false);
    }
}
