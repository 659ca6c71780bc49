package dev.trailer.query.view;

import dev.trailer.domain.facts.RecordedEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What events do to the rows of one table. Pure: the same events give equal rows, whenever, wherever and in whatever
 * batches; no clock, no other table. Any thread.
 *
 * @param <R> a row's content: a record that goes through JSON unharmed and knows its equal
 */
public interface Projector<R> {
    /** The view's name; its table is {@code view_<name>}. */
    String name();

    /** Counts up with every change of the row, the columns or of what events do: the view is then rebuilt. */
    int version();

    Class<R> row();

    /** Columns that the database itself keeps, taken out of the body for searching. */
    List<Column> columns();

    /** What is searched together, each a list of columns ({@code id} and {@code position} too). */
    List<List<String>> indexes();

    /** Whether events of a type, by its stored name, may change any row; {@link #keys} is empty for all the others. */
    default boolean concerns(String type) {
        return true;
    }

    /** The ids of the rows that an event may change; empty for an event that is of no concern here. */
    List<String> keys(RecordedEvent event);

    /**
     * @param row null if there is none
     * @return the row afterwards, the same or an equal one if nothing changed, null if there is none any more
     */
    @Nullable
    R evolve(@Nullable R row, RecordedEvent event);
}
