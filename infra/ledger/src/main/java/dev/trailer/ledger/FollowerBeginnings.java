package dev.trailer.ledger;

import dev.trailer.ledger.Follower.Keeping;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How what followers keep comes to be, and is made anew for another version. Inside transactions of the caller. */
final class FollowerBeginnings {
    private static final Logger log = LoggerFactory.getLogger(FollowerBeginnings.class);

    /** Where one stands whose row is locked, which is the first event again if another version has made what it keeps. */
    long standing(Connection connection, Follower follower, FollowerRows.Row row) throws SQLException {
        if (row.version() == follower.version() && !row.rebuild()) {
            return row.position();
        }
        log.info("{} is made anew: its version is now {}", follower.name(), follower.version());
        long from = make(connection, follower);
        FollowerRows.begin(connection, follower.name(), follower.version(), from);
        return from;
    }

    /** @return where one begins that has never run, null if another server was first */
    @Nullable
    Long begin(Connection connection, Follower follower) throws SQLException {
        // First: this is what another server waits for that is about to do the same.
        if (!FollowerRows.insert(connection, follower.name(), follower.version(), 0)) {
            return null;
        }
        long from = make(connection, follower);
        FollowerRows.begin(connection, follower.name(), follower.version(), from);
        return from;
    }

    private static long make(Connection connection, Follower follower) throws SQLException {
        switch (follower.keeping()) {
            case Keeping.Views(var tables) -> {
                try (var statement = connection.createStatement()) {
                    for (var table : tables.names()) {
                        statement.execute("drop table if exists " + table);
                    }
                }
                tables.create(connection);
                tables.index(connection);
            }
            case Keeping.InPlace(var reset) -> reset.reset(connection);
            case Keeping.Nothing _ -> {
                return FollowerRows.head(connection);
            }
        }
        return 0;
    }
}
