package dev.trailer.agent.service.server;

/**
 * Until when this process may change anything on its engine. Counted on monotonic time from before the heartbeat that was
 * answered was sent, so that neither a clock step nor a slow answer makes it longer. Safe for many threads.
 */
public final class Lease {
    private boolean granted;
    private boolean revoked;
    private long untilNanos;

    /** @return true if it was not held just before */
    public synchronized boolean renew(long sentNanos, long leaseMillis) {
        boolean before = held();
        long until = sentNanos + leaseMillis * 1_000_000;
        if (!granted || until - untilNanos > 0) {
            untilNanos = until;
        }
        granted = true;
        return !before && held();
    }

    public synchronized boolean held() {
        return granted && !revoked && untilNanos - System.nanoTime() > 0;
    }

    /** For good: this process was superseded. */
    public synchronized void revoke() {
        revoked = true;
    }
}
