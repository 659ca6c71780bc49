package dev.trailer.ledger;

import dev.trailer.ledger.Follower.Keeping;
import dev.trailer.ledger.Follower.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How what followers keep comes to be, and is made anew for another version. Inside transactions of the caller. */
final class FollowerBeginnings {
    /** A view that has so much to catch up when it first begins is filled beside an empty one, which is faster. */
    private static final long MANY = FollowerGroup.BATCH;

    private static final Logger log = LoggerFactory.getLogger(FollowerBeginnings.class);

    private final Consumer<Follower> rebuilder;

    /** @param rebuilder is told, again and again, of views that are to be made anew; returns at once */
    FollowerBeginnings(Consumer<Follower> rebuilder) {
        this.rebuilder = rebuilder;
    }

    /**
     * Where one stands whose row is locked.
     *
     * @return null for a view that cannot go on from there, because this program's version of it is still being made
     * @throws IllegalStateException if a newer program has made what it keeps
     */
    @Nullable
    Long standing(Connection connection, Follower follower, FollowerRows.Row row) throws SQLException {
        if (row.version() > follower.version()) {
            throw new IllegalStateException(
                    "a newer program has made its version " + row.version() + ", this one knows " + follower.version()
                            + "; set its version to 0 to have it made anew by this one");
        }
        boolean older = row.version() < follower.version();
        if (!older && !row.rebuild()) {
            return row.position();
        }
        return switch (follower.keeping()) {
            case Keeping.Views _ -> {
                rebuilder.accept(follower);
                yield older ? null : Long.valueOf(row.position());
            }
            case Keeping.InPlace(var reset) -> {
                log.info("{} is made anew in place, version {}", follower.name(), follower.version());
                reset.reset(connection);
                FollowerRows.begin(connection, follower.name(), follower.version(), 0);
                yield 0L;
            }
            case Keeping.Nothing _ -> {
                FollowerRows.begin(connection, follower.name(), follower.version(), row.position());
                yield row.position();
            }
        };
    }

    /** @return where one begins that has never run, null if another server was first, or it is filled beside */
    @Nullable
    Long begin(Connection connection, Follower follower) throws SQLException {
        long head = FollowerRows.head(connection);
        boolean views = follower.keeping() instanceof Keeping.Views;
        boolean beside = views && head > MANY;
        long from = follower.keeping() instanceof Keeping.Nothing ? head : 0;
        // First of all: this is what another server waits for that is about to do the same.
        if (!FollowerRows.insert(connection, follower.name(), beside ? 0 : follower.version(), from)) {
            return null;
        }
        switch (follower.keeping()) {
            case Keeping.Views(var tables) -> make(connection, tables);
            case Keeping.InPlace(var reset) -> reset.reset(connection);
            case Keeping.Nothing _ -> {
                // begins with what comes next
            }
        }
        return beside ? null : Long.valueOf(from);
    }

    private static void make(Connection connection, Tables tables) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var table : tables.names()) {
                statement.execute("drop table if exists " + table);
            }
        }
        tables.create(connection);
        tables.index(connection);
    }
}
