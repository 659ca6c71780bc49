package dev.trailer.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The table {@code follower_build}: how far views are that are made anew. All inside transactions of the caller. */
final class BuildRows {
    /** @param indexed whether its indexes have been made */
    record Row(int version, long position, boolean indexed) {}

    private static final String SELECT = "select version, position, indexed from follower_build where name = ?";

    private BuildRows() {}

    /** Locks it; null if there is none or somebody else holds it. */
    static @Nullable Row lockFree(Connection connection, String name) throws SQLException {
        return row(connection, SELECT + " for update skip locked", name);
    }

    static @Nullable Row read(Connection connection, String name) throws SQLException {
        return row(connection, SELECT, name);
    }

    private static @Nullable Row row(Connection connection, String sql, String name) throws SQLException {
        try (var query = connection.prepareStatement(sql)) {
            query.setString(1, name);
            try (var row = query.executeQuery()) {
                return row.next() ? new Row(row.getInt(1), row.getLong(2), row.getBoolean(3)) : null;
            }
        }
    }

    /** @return false if another server was first */
    static boolean insert(Connection connection, String name, int version) throws SQLException {
        try (var insert = connection.prepareStatement(
                "insert into follower_build (name, version, position) values (?, ?, 0) on conflict (name) do nothing")) {
            insert.setString(1, name);
            insert.setInt(2, version);
            return insert.executeUpdate() == 1;
        }
    }

    static void delete(Connection connection, String name) throws SQLException {
        try (var delete = connection.prepareStatement("delete from follower_build where name = ?")) {
            delete.setString(1, name);
            delete.executeUpdate();
        }
    }

    static void move(Connection connection, String name, long position) throws SQLException {
        try (var update = connection.prepareStatement("update follower_build set position = ? where name = ?")) {
            update.setLong(1, position);
            update.setString(2, name);
            update.executeUpdate();
        }
    }

    static void indexed(Connection connection, String name) throws SQLException {
        try (var update = connection.prepareStatement("update follower_build set indexed = true where name = ?")) {
            update.setString(1, name);
            update.executeUpdate();
        }
    }
}
