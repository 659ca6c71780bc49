package dev.trailer.query.view;

import dev.trailer.domain.facts.RecordedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * Tables made from the ledger alone. Fed by one follower, in order; one thread at a time. How far it has come is kept by
 * the follower and moved in the same transaction. Its SQL names no schema: while a new set of its tables is filled beside
 * the live one, the connection's search path tells which is meant.
 */
public interface View {
    String name();

    /** A higher one than its tables were made by: they are made anew, and everything is handled from the start. */
    int version();

    /** The names of its tables. */
    List<String> tables();

    /**
     * Whether it looks at events of a type, by its stored name. The others may be left out of what it is given, when it is
     * filled from the start: not having to read them is most of what makes that fast.
     */
    boolean concerns(String type);

    /** Makes its tables, empty, with no more indexes than filling them needs. Inside a transaction of the caller. */
    void create(Connection connection) throws SQLException;

    /** Makes the other indexes, once the tables are full. Inside a transaction of the caller. */
    void index(Connection connection) throws SQLException;

    /**
     * Writes what events change. Inside a transaction that the caller commits, or rolls back if this throws.
     *
     * @param after the position before the first
     * @param upTo the position of the last
     */
    void handle(Connection connection, long after, long upTo, List<RecordedEvent> events) throws Exception;
}
