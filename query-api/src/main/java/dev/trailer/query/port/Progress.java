package dev.trailer.query.port;

import java.time.Duration;

/** How far each view has come, by the view's name. Any thread. */
public interface Progress {
    /** The last position whose effect on the view is known to be committed, here or by another server; 0 before any. */
    long position(String view);

    /**
     * Waits until the view has passed a position. Holds no database connection meanwhile.
     *
     * @return false if the time was up first
     */
    boolean await(String view, long position, Duration patience) throws InterruptedException;
}
