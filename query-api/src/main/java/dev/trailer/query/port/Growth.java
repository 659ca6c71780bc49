package dev.trailer.query.port;

/** The bell that rings when the ledger has grown, whichever server wrote. */
@FunctionalInterface
public interface Growth {
    /** Calls {@code listener}, which is quick and never throws, after each growth; for as long as the server runs. */
    void onGrowth(Runnable listener);
}
