package dev.trailer.identity;

import java.sql.Connection;
import java.sql.SQLException;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** A database that does not answer. */
final class NoDatabase extends AbstractDataSource {
    @Override
    public Connection getConnection() throws SQLException {
        throw new SQLException("connection refused", "08001");
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }
}
