package dev.trailer.query.feed;

import java.util.List;

/** How the streams of this server fare, for metrics. Any thread; never blocks. */
public interface StreamFigures {
    int subscribers();

    /** Handed to readers' connections, not taken by their sockets; what several share counts for each. */
    long waitingBytes();

    /** Why this server may end a stream. */
    List<String> reasons();

    /** How many streams it has ended for that reason. */
    long cut(String reason);
}
