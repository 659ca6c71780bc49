package dev.trailer.query.port;

import dev.trailer.domain.facts.RecordedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ledger, for reading. Any thread; may block on the database where it is not said otherwise. */
public interface FactSource {
    /** The last committed position, asked of the database: never behind what any server has acknowledged. */
    long head();

    /** The last committed position that this server has heard of. Never blocks. */
    long known();

    /** The events after a position in order, at most {@code limit}; those known here so far, from memory where possible. */
    List<RecordedEvent> after(long position, int limit);

    /** The same if they are all in memory, else null. Never blocks. */
    @Nullable
    List<RecordedEvent> remembered(long position, int limit);

    /** The events at these positions in ascending order; positions that do not exist are left out. */
    List<RecordedEvent> at(List<Long> positions);
}
