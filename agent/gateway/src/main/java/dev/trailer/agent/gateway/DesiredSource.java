package dev.trailer.agent.gateway;

import dev.trailer.agent.protocol.DesiredState;
import java.time.Duration;

/** What should be true on each host, kept by the query side. Any thread; blocks. */
public interface DesiredSource {
    /** New after a restore from backup. */
    String timeline();

    /** The latest revision of a host; it only grows within a timeline. 0 where there never was anything. */
    long revision(String host);

    /** All of it, with {@code whole} set. */
    DesiredState whole(String host);

    /** What changed after {@code revision}. */
    DesiredState after(String host, long revision);

    /**
     * Waits until the host's revision is past {@code revision}, without holding a database connection.
     *
     * @param atMost the longest wait
     * @return whether it is
     */
    boolean await(String host, long revision, Duration atMost) throws InterruptedException;
}
