package dev.trailer.app.wiring;

import java.sql.SQLException;
import javax.sql.DataSource;

/** How long the oldest transaction of any client of this database is open. Any thread; blocks on the database. */
final class OldestTransaction {
    private final DataSource database;

    OldestTransaction(DataSource database) {
        this.database = database;
    }

    /** Zero if there is none, not a number while the database cannot be asked. */
    double seconds() {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement("""
                        select coalesce(max(extract(epoch from clock_timestamp() - xact_start)), 0)::float8
                        from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
                          and backend_type = 'client backend'""");
                var row = query.executeQuery()) {
            row.next();
            return row.getDouble(1);
        } catch (SQLException e) {
            return Double.NaN;
        }
    }
}
