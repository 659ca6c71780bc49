package dev.trailer.e2e.stream;

import dev.trailer.e2e.process.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reader asks for, and the same once more in SQL, which knows nothing of the server's filter.
 *
 * @param topics parameters of the stream, each begun with {@code &}
 * @param truth a condition over {@code ledger_event}
 */
record Wish(String topics, String truth) {
    static final Wish ALL = new Wish("", "true");

    /** What a reader from the beginning on must have been told, by the ledger itself. */
    List<Told> due(Database database) {
        try (var connection = database.connect();
                var query = connection.createStatement();
                var rows = query.executeQuery(
                        "select position, event_id from ledger_event where " + truth + " order by position")) {
            var due = new ArrayList<Told>();
            while (rows.next()) {
                due.add(new Told(rows.getLong(1), rows.getString(2).hashCode()));
            }
            return due;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
