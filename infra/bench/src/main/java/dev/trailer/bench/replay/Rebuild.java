package dev.trailer.bench.replay;

import dev.trailer.bench.server.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Has a view made anew as an operator would, and says how long that took. All that is known here of how the product does it: the
 * row {@code follower} of the view's name has a mark {@code rebuild}, which is taken back when the new one is in place; a version
 * without that mark makes the view anew where the row is missing.
 */
final class Rebuild {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    /** Between two looks: the error of what is measured. */
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Database database;
    private final String view;

    Rebuild(Database database, String view) {
        this.database = database;
        this.view = view;
    }

    /** @return seconds for each event, from when the work was first seen under way until the view was whole */
    double secondsPerEvent() throws SQLException, InterruptedException {
        try (var connection = database.connect()) {
            return marked(connection) ? beside(connection) : inPlace(connection);
        }
    }

    private static boolean marked(Connection connection) throws SQLException {
        try (var columns = connection.getMetaData().getColumns(null, null, "follower", "rebuild")) {
            return columns.next();
        }
    }

    private double beside(Connection connection) throws SQLException, InterruptedException {
        long head = number(connection, "select position from ledger_head");
        update(connection, "update follower set rebuild = true where name = ?");
        await(connection, "select (exists (select from follower_build where name = ?))::int", 1);
        long begun = System.nanoTime();
        await(connection, "select rebuild::int from follower where name = ?", 0);
        return (System.nanoTime() - begun) / 1e9 / head;
    }

    private double inPlace(Connection connection) throws SQLException, InterruptedException {
        long head = number(connection, "select position from ledger_head");
        update(connection, "delete from follower where name = ?");
        long first = await(connection, "select coalesce(max(position), 0) from follower where name = ?", 1);
        long begun = System.nanoTime();
        await(connection, "select coalesce(max(position), 0) from follower where name = ?", head);
        // What was done when it was first seen took no time that we know of.
        return (System.nanoTime() - begun) / 1e9 / Math.max(1, head - first);
    }

    private void update(Connection connection, String sql) throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            update.setString(1, view);
            update.executeUpdate();
        }
    }

    /** Waits for a number: 0 exactly, another one or more. */
    private long await(Connection connection, String sql, long wanted) throws SQLException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, view);
            while (System.nanoTime() < end) {
                try (var row = query.executeQuery()) {
                    row.next();
                    long found = row.getLong(1);
                    if (wanted == 0 ? found == 0 : found >= wanted) {
                        return found;
                    }
                }
                TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
            }
        }
        throw new IllegalStateException("the view " + view + " was not made anew within " + PATIENCE);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
