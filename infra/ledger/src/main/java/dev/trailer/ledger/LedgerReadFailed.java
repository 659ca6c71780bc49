package dev.trailer.ledger;

/** The database did not answer a read. */
public final class LedgerReadFailed extends RuntimeException {
    public LedgerReadFailed(Throwable cause) {
        super("the ledger cannot be read: " + cause.getMessage(), cause);
    }
}
