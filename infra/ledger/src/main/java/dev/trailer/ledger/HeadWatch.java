package dev.trailer.ledger;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the tail of what other servers have recorded, by asking the database where the head is. */
public final class HeadWatch implements AutoCloseable {
    /** How late another server's events may be noticed: one cheap query each time. */
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private static final Logger log = LoggerFactory.getLogger(HeadWatch.class);

    private final LedgerReader reader;
    private final Tail tail;
    private final Thread thread;
    private volatile boolean healthy = true;

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
                tail.reached(reader.head().position());
                healthy = true;
            } catch (RuntimeException e) {
                if (healthy) {
                    log.warn("The ledger's head cannot be read: {}", e.getMessage());
                }
                healthy = false;
            }
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
