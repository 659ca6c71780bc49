package dev.trailer.ledger;

import dev.trailer.ledger.Follower.Building;
import dev.trailer.ledger.Follower.Built;
import dev.trailer.ledger.Follower.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a view anew beside the one that is read, in a schema of its own that comes first on this connection's search path;
 * when it has caught up, one transaction puts it in the place of the other. How far it is is moved with its rows, so that it
 * goes on where it was, on whichever server. One thread.
 */
final class FollowerRebuild {
    /** What may still be missing when the indexes are made, and when the live ones are stopped for the swap: some 30 ms. */
    private static final long NEAR = 1_000;

    private static final Duration STANDBY = Duration.ofMillis(200);
    private static final Duration REPORT = Duration.ofSeconds(10);

    /** Makes the schema where there is none, and lets unqualified names mean what is there. */
    private static final List<String> BESIDE = List.of(
            """
            do $$ begin
              if to_regnamespace(quote_ident(current_schema() || '_next')) is null then
                execute format('create schema %I', current_schema() || '_next');
              end if;
            end $$""",
            """
            select set_config('search_path',
              quote_ident(current_schema() || '_next') || ',' || current_setting('search_path'), false)""",
            // For readers that are in the way of the swap: it is tried again.
            "set lock_timeout = '5s'",
            "set maintenance_work_mem = '128MB'",
            // An index may take minutes: that must not go on for a server that is gone.
            "set client_connection_check_interval = '5s'");

    /** An index on some hundred million rows takes its time, during which the database is silent. */
    static final FollowerSession.Limits LIMITS =
            new FollowerSession.Limits(Duration.ofSeconds(10), Duration.ofHours(2), Duration.ZERO, BESIDE);

    private static final Logger log = LoggerFactory.getLogger(FollowerRebuild.class);

    private enum Outcome {
        DONE,
        GO_ON,
        /** Another server is at it. */
        STAND_BY
    }

    private final Follower follower;
    private final String name;
    private final Tables tables;
    private final FollowerSession session;
    private final LedgerReader reader;
    private final ReadAhead ahead;
    private final long began = System.nanoTime();
    private long reported = began;
    private long first = -1;
    private long swappedAt = -1;

    FollowerRebuild(Follower follower, Tables tables, FollowerSession session, LedgerReader reader) {
        this.follower = follower;
        this.name = follower.name();
        this.tables = tables;
        this.session = session;
        this.reader = reader;
        this.ahead = new ReadAhead(reader, tables::concerns);
    }

    /** Until it is in place, or no longer wanted, or the thread is interrupted. */
    void run() {
        var pause = new Pause();
        try (session) {
            for (var outcome = Outcome.GO_ON; outcome != Outcome.DONE; ) {
                try {
                    outcome = session.inTransaction(this::step);
                    follower.builds();
                    pause.over();
                    if (outcome == Outcome.STAND_BY) {
                        Thread.sleep(STANDBY);
                    }
                } catch (InterruptedException e) {
                    return;
                } catch (Exception e) {
                    if (Thread.currentThread().isInterrupted()) {
                        return;
                    }
                    log.error("{} cannot be made anew just now; trying again in {}", name, pause, e);
                    follower.buildFailed(e);
                    pause.take();
                }
            }
            if (swappedAt >= 0) {
                var took = Duration.ofNanos(System.nanoTime() - began);
                follower.built(new Built(swappedAt - first, took));
                log.info("{} has been made anew: {} events in {} ms", name, swappedAt - first, took.toMillis());
                session.inTransaction(this::analyse);
            }
        } catch (InterruptedException e) {
            // the server stops; it goes on from here when it starts again
        } catch (Exception e) {
            log.warn("{} could not be analysed: {}", name, e.getMessage());
        } finally {
            follower.building(null);
        }
    }

    private Outcome step(Connection connection) throws Exception {
        var live = FollowerRows.read(connection, List.of(name)).get(name);
        boolean wanted = live != null && (live.rebuild() || live.version() < follower.version());
        var build = BuildRows.lockFree(connection, name);
        if (build == null) {
            var elsewhere = BuildRows.read(connection, name);
            if (elsewhere != null) {
                report(elsewhere.position(), FollowerRows.head(connection));
                return Outcome.STAND_BY;
            }
            return wanted ? begin(connection) : Outcome.DONE;
        }
        if (build.version() > follower.version()) {
            return Outcome.STAND_BY;
        }
        if (!wanted || build.version() < follower.version()) {
            drop(connection, schema(connection));
            BuildRows.delete(connection, name);
            return wanted ? Outcome.GO_ON : Outcome.DONE;
        }
        long head = FollowerRows.head(connection);
        report(build.position(), head);
        if (head - build.position() > NEAR) {
            var batch = ahead.after(build.position(), head);
            follower.handler().handle(connection, batch);
            BuildRows.move(connection, name, batch.upTo());
            return Outcome.GO_ON;
        }
        if (!build.indexed()) {
            tables.index(connection);
            BuildRows.indexed(connection, name);
            return Outcome.GO_ON;
        }
        return swap(connection, build.position());
    }

    private Outcome begin(Connection connection) throws SQLException {
        // Whoever else is about to begin waits here, and then finds this row, or that nothing is wanted any more.
        var live = FollowerRows.lock(connection, List.of(name)).get(name);
        if (live == null || !(live.rebuild() || live.version() < follower.version())) {
            return Outcome.DONE;
        }
        if (BuildRows.insert(connection, name, follower.version())) {
            log.info("{} is made anew, version {} after version {}", name, follower.version(), live.version());
            drop(connection, schema(connection));
            tables.create(connection);
        }
        return Outcome.GO_ON;
    }

    /** For the planner, which knows nothing of new tables; the database would do so by itself, a minute later. */
    private int analyse(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var table : tables.names()) {
                statement.execute("analyze " + table);
            }
            return tables.names().size();
        }
    }

    /** What is still missing, and then in one transaction: away with the old tables, the new ones in their place. */
    private Outcome swap(Connection connection, long position) throws Exception {
        // From here nobody feeds the live ones.
        FollowerRows.lock(connection, List.of(name));
        long head = FollowerRows.head(connection);
        if (head - position > ReadAhead.SPAN) {
            return Outcome.GO_ON;
        }
        if (head > position) {
            var events = reader.between(position, head, tables::concerns);
            follower.handler().handle(connection, new Follower.Batch(position, head, events));
        }
        var next = schema(connection);
        var live = next.substring(0, next.length() - "_next".length());
        drop(connection, live);
        try (var statement = connection.createStatement()) {
            for (var table : tables.names()) {
                statement.execute("alter table " + quoted(next) + "." + table + " set schema " + quoted(live));
            }
        }
        FollowerRows.begin(connection, name, follower.version(), head);
        BuildRows.delete(connection, name);
        swappedAt = head;
        return Outcome.DONE;
    }

    private void drop(Connection connection, String schema) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var table : tables.names()) {
                statement.execute("drop table if exists " + quoted(schema) + "." + table);
            }
        }
    }

    private static String schema(Connection connection) throws SQLException {
        try (var query = connection.createStatement();
                var row = query.executeQuery("select current_schema()")) {
            row.next();
            return row.getString(1);
        }
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private void report(long position, long head) {
        long now = System.nanoTime();
        if (first < 0) {
            first = position;
        }
        double seconds = Math.max(1e-3, (now - began) / 1e9);
        var building = new Building(position, head, Math.max(0, position - first) / seconds);
        follower.building(building);
        if (now - reported > REPORT.toNanos()) {
            reported = now;
            log.info("{} is being made anew: {}", name, building);
        }
    }
}
