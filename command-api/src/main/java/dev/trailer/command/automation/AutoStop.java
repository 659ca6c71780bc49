package dev.trailer.command.automation;

import dev.trailer.command.change.Aggregates;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StopWorkspace;
import dev.trailer.domain.workspace.WorkspaceEvent;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceChanged;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceCreated;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRestartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import dev.trailer.domain.workspace.WorkspaceId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops workspaces by themselves. A table of timers follows the ledger; a watch on every server looks for those that are
 * due, and whoever locks a row carries it out. The stop names the generation that the timer was set for, so a workspace
 * that was touched meanwhile is left alone, and one that was stopped by two servers is stopped once. Timers go by the
 * database's clock alone: a server whose own is set, or wrong, stops nothing early and nothing late.
 */
public final class AutoStop implements AutoCloseable {
    /** How late a timer may go off: one cheap indexed query each time. */
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Clocks that differ by less count as one: a timer that is made anew from the ledger is then the same to the digit. */
    private static final Duration SAME_TIME = Duration.ofSeconds(5);

    private static final Logger log = LoggerFactory.getLogger(AutoStop.class);

    private final DataSource database;
    private final PolicySender sender;
    private final Aggregates aggregates;
    private final Clock clock;
    private volatile boolean closed;
    private final Thread thread = Thread.ofVirtual().name("auto-stop").unstarted(this::watch);

    public AutoStop(DataSource database, PolicySender sender, Aggregates aggregates, Clock clock) {
        this.database = database;
        this.sender = sender;
        this.aggregates = aggregates;
        this.clock = clock;
    }

    public void start() {
        thread.start();
    }

    // ---- following the ledger ----

    /** Sets and clears timers; in the transaction that moves the follower on. */
    public void follow(Connection connection, List<RecordedEvent> events) throws SQLException {
        var clocks = new Clocks(connection);
        for (RecordedEvent recorded : events) {
            if (recorded.event() instanceof WorkspaceEvent event) {
                follow(connection, clocks, recorded, event);
            }
        }
    }

    public void reset(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("delete from auto_stop_timer");
        }
    }

    private void follow(Connection connection, Clocks clocks, RecordedEvent recorded, WorkspaceEvent event)
            throws SQLException {
        switch (event) {
            case WorkspaceCreated _, WorkspaceStartRequested _, WorkspaceRestartRequested _ ->
                set(connection, event.workspace(), recorded.sequence(), clocks.byDatabase(recorded.recordedAt()));
            case WorkspaceChanged _ -> set(connection, event.workspace(), recorded.sequence(), null);
            case WorkspaceStopRequested _, WorkspaceDeleted _ -> clear(connection, event.workspace());
            case WorkspaceObserved _, WorkspaceRemoved _ -> {
                // says nothing about intent
            }
        }
    }

    /** @param startedAt null if it was not started just now: what is kept counts on */
    private void set(Connection connection, WorkspaceId id, long sequence, @Nullable Instant startedAt)
            throws SQLException {
        var workspace = aggregates.workspaceSince(id, sequence).orElseThrow();
        if (workspace.desired() != Desired.RUNNING || workspace.life() != Workspace.Life.ACTIVE) {
            clear(connection, id);
            return;
        }
        var after = workspace.spec().autoStop();
        var seconds = after == null ? null : after.toSeconds();
        if (startedAt == null) {
            rearm(connection, workspace, seconds);
        } else {
            arm(connection, workspace, Timestamp.from(startedAt), seconds);
        }
    }

    private static void arm(Connection connection, Workspace workspace, Timestamp startedAt, @Nullable Long seconds)
            throws SQLException {
        try (var put = connection.prepareStatement("""
                insert into auto_stop_timer (workspace, generation, started_at, due_at)
                values (?, ?, ?, ?::timestamptz + make_interval(secs => ?))
                on conflict (workspace) do update
                set generation = excluded.generation, started_at = excluded.started_at, due_at = excluded.due_at""")) {
            put.setString(1, workspace.id().value());
            put.setLong(2, workspace.generation());
            put.setTimestamp(3, startedAt);
            put.setTimestamp(4, startedAt);
            put.setObject(5, seconds, Types.DOUBLE);
            put.executeUpdate();
        }
    }

    private static void rearm(Connection connection, Workspace workspace, @Nullable Long seconds) throws SQLException {
        try (var update = connection.prepareStatement("""
                update auto_stop_timer set generation = ?, due_at = started_at + make_interval(secs => ?)
                where workspace = ?""")) {
            update.setLong(1, workspace.generation());
            update.setObject(2, seconds, Types.DOUBLE);
            update.setString(3, workspace.id().value());
            update.executeUpdate();
        }
    }

    /** Tells by the database's clock what was recorded by a server's. For one batch: asks the database at most once. */
    private final class Clocks {
        private final Connection connection;
        private @Nullable Instant here;
        private @Nullable Instant database;

        Clocks(Connection connection) {
            this.connection = connection;
        }

        /**
         * Seen from a clock that was set back, the last of what was recorded lies ahead, and so does all that follows until
         * the clock is there again: that happened just now.
         */
        Instant byDatabase(Instant recordedAt) throws SQLException {
            if (here == null || database == null) {
                here = clock.instant();
                database = databasesClock(connection);
            }
            if (recordedAt.isAfter(here.plus(SAME_TIME))) {
                return database;
            }
            var ahead = Duration.between(here, database);
            return ahead.abs().compareTo(SAME_TIME) <= 0 ? recordedAt : recordedAt.plus(ahead);
        }
    }

    private static Instant databasesClock(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select clock_timestamp()");
                var row = query.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** It has gone off. If an intent that was not yet seen here overtook it, that event arms it anew. */
    private static void disarm(Connection connection, WorkspaceId id) throws SQLException {
        try (var update = connection.prepareStatement("update auto_stop_timer set due_at = null where workspace = ?")) {
            update.setString(1, id.value());
            update.executeUpdate();
        }
    }

    private static void clear(Connection connection, WorkspaceId id) throws SQLException {
        try (var delete = connection.prepareStatement("delete from auto_stop_timer where workspace = ?")) {
            delete.setString(1, id.value());
            delete.executeUpdate();
        }
    }

    // ---- going off ----

    private void watch() {
        while (!closed) {
            try {
                while (stopNextDue()) {
                    // as long as there are any
                }
            } catch (SQLException | RuntimeException | Error e) {
                log.warn("Timers cannot be looked after just now: {}", e.getMessage());
            }
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private boolean stopNextDue() throws SQLException {
        try (var connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (var query = connection.prepareStatement("""
                    select workspace, generation from auto_stop_timer where due_at <= clock_timestamp()
                    order by due_at limit 1 for update skip locked""")) {
                try (var row = query.executeQuery()) {
                    if (!row.next()) {
                        connection.rollback();
                        return false;
                    }
                    var id = new WorkspaceId(row.getString(1));
                    sender.send("auto-stop", null, new StopWorkspace(id, StopCause.AUTO_STOP, row.getLong(2)));
                    disarm(connection, id);
                    connection.commit();
                    return true;
                }
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
