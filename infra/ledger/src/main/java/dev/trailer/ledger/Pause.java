package dev.trailer.ledger;

import java.time.Duration;

/** How long to wait after a failure: twice as long each time. One thread. */
final class Pause {
    static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private Duration next = FIRST;

    /** It went well: the next one is short again. */
    void over() {
        next = FIRST;
    }

    void take() throws InterruptedException {
        Thread.sleep(next);
        var twice = next.multipliedBy(2);
        next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    }

    @Override
    public String toString() {
        return next.toMillis() + " ms";
    }
}
