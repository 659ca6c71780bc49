package dev.trailer.query.view;

import dev.trailer.domain.facts.RecordedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Tables made from the ledger alone. Fed by one follower, in order; one thread at a time. How far it has come is kept by
 * the follower and moved in the same transaction.
 */
public interface View {
    String name();

    /** Another version than the one its tables were made by: {@link #reset}, and everything is handled from the start. */
    int version();

    /** Writes what these events change. Inside a transaction that the caller commits, or rolls back if this throws. */
    void handle(Connection connection, List<RecordedEvent> events) throws Exception;

    /** Makes its tables anew, empty. Inside a transaction of the caller. */
    void reset(Connection connection) throws SQLException;
}
