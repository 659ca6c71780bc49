package dev.trailer.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** The table {@code follower}: how far each has come. All inside transactions of the caller. */
final class FollowerRows {
    /** @param rebuild somebody asked for it to be made anew */
    record Row(int version, long position, boolean rebuild) {}

    private static final String SELECT = "select name, version, position, rebuild from follower where name = any (?)";

    private FollowerRows() {}

    /** Locks those that nobody else holds, and leaves out the others. */
    static Map<String, Row> lockFree(Connection connection, Collection<String> names) throws SQLException {
        return rows(connection, SELECT + " for update skip locked", names);
    }

    /** Locks those that there are, waiting for whoever holds them. */
    static Map<String, Row> lock(Connection connection, Collection<String> names) throws SQLException {
        return rows(connection, SELECT + " order by name for update", names);
    }

    static Map<String, Row> read(Connection connection, Collection<String> names) throws SQLException {
        return rows(connection, SELECT, names);
    }

    private static Map<String, Row> rows(Connection connection, String sql, Collection<String> names)
            throws SQLException {
        try (var query = connection.prepareStatement(sql)) {
            setNames(query, 1, names);
            var found = new HashMap<String, Row>();
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    found.put(rows.getString(1), new Row(rows.getInt(2), rows.getLong(3), rows.getBoolean(4)));
                }
            }
            return found;
        }
    }

    /** @return false if another server was first */
    static boolean insert(Connection connection, String name, int version, long position) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into follower (name, version, position) values (?, ?, ?) on conflict (name) do nothing")) {
            insert.setString(1, name);
            insert.setInt(2, version);
            insert.setLong(3, position);
            return insert.executeUpdate() == 1;
        }
    }

    static void begin(Connection connection, String name, int version, long position) throws SQLException {
        try (var update = connection.prepareStatement(
                "update follower set version = ?, position = ?, rebuild = false where name = ?")) {
            update.setInt(1, version);
            update.setLong(2, position);
            update.setString(3, name);
            update.executeUpdate();
        }
    }

    /** Moves all of them to one position. */
    static void move(Connection connection, Collection<String> names, long position) throws SQLException {
        try (var update = connection.prepareStatement("update follower set position = ? where name = any (?)")) {
            update.setLong(1, position);
            setNames(update, 2, names);
            update.executeUpdate();
        }
    }

    static long head(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select position from ledger_head");
                var row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void setNames(PreparedStatement statement, int parameter, Collection<String> names)
            throws SQLException {
        statement.setArray(parameter, statement.getConnection().createArrayOf("text", names.toArray(String[]::new)));
    }
}
