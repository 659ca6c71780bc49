package dev.trailer.ledger;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the tail of what other servers have recorded, by asking the database where the head is; and reads what the tail
 * misses, once for all who follow.
 */
public final class HeadWatch implements AutoCloseable {
    /** How late another server's events may be noticed: one cheap query each time. */
    private static final Duration INTERVAL = Duration.ofMillis(250);
    /** Between looks, however much others write: what they wrote is read in batches. */
    private static final Duration SPACING = Duration.ofMillis(5);
    /** Read at once: some hundred kilobytes. */
    private static final int STEP = 1_000;

    private static final Logger log = LoggerFactory.getLogger(HeadWatch.class);

    private final LedgerReader reader;
    private final Tail tail;
    private final Thread thread;
    private volatile boolean healthy = true;
    private String timeline = "";

    public HeadWatch(LedgerReader reader, Tail tail) {
        this.reader = reader;
        this.tail = tail;
        this.thread = Thread.ofVirtual().name("ledger-head-watch").start(this::run);
    }

    /** Whether the database answered last time. */
    public boolean healthy() {
        return healthy;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                look();
                healthy = true;
            } catch (RuntimeException | Error e) {
                if (healthy) {
                    log.warn("The ledger's head cannot be read: {}", e.getMessage());
                }
                healthy = false;
            }
            try {
                // Woken by this server's own appends too: if they left a gap, it is filled soon.
                tail.awaitGap(INTERVAL);
                Thread.sleep(SPACING);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void look() {
        var head = reader.head();
        if (!timeline.isEmpty() && !timeline.equals(head.timeline())) {
            log.warn("the ledger was restored from a backup while this server ran");
            tail.restart(head.position());
        }
        timeline = head.timeline();
        long missing = tail.missingBehind(head.position());
        if (missing >= 0) {
            // Before anybody hears of them, so that nobody needs to read them as well.
            tail.filled(reader.after(missing, STEP));
        }
        tail.reached(head.position());
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
