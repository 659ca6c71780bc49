package dev.trailer.agent.gateway;

import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.host.HostCommand.LoseHost;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds hosts whose agents have missed their heartbeats, by the database's clock, and records them as lost. One server at
 * a time; not while there is no {@link Calm}. One thread.
 */
final class LostHosts {
    private static final Logger LOG = LoggerFactory.getLogger(LostHosts.class);
    private static final Actor WATCH = Actor.system("host-watch");

    /** Any number, the same on every server. */
    private static final long LOCK = 0x7472_6c5f_6c6f_7374L;

    private static final int QUERY_TIMEOUT_SECONDS = 5;

    /** At each look. Should a whole fleet fall silent at once, recording it must not starve everything else. */
    private static final int BATCH = 100;

    /** Looks further apart than this, by either clock, or clocks that differ so much: somebody was asleep. */
    private static final Duration UNSTEADY = Duration.ofSeconds(10);

    private record Silent(HostId host, Instant lastSeen) {}

    private record Look(long nanos, Instant database) {}

    private final DataSource dataSource;
    private final Commands commands;
    private final Calm calm;
    private final LongSupplier nanoTime;
    private @Nullable Look last;

    LostHosts(DataSource dataSource, Commands commands, Calm calm, LongSupplier nanoTime) {
        this.dataSource = dataSource;
        this.commands = commands;
        this.calm = calm;
        this.nanoTime = nanoTime;
    }

    /** To be called every few seconds: by these calls it notices too that the database is out of reach. */
    void look() {
        // A connection of our own: it holds the lock while commands are sent, which run on others.
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                steady(new Look(nanoTime.getAsLong(), clock(connection)));
                if (calm.holds() && locked(connection)) {
                    var removed = silent(connection).stream()
                            .filter(silent -> !lose(silent))
                            .map(silent -> silent.host.value())
                            .toArray(String[]::new);
                    watchNoMore(connection, removed);
                }
                last = new Look(nanoTime.getAsLong(), clock(connection));
                connection.commit();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } catch (SQLException e) {
            calm.trouble();
            LOG.warn("Cannot look for lost hosts, the database does not answer: {}", e.toString());
        }
    }

    private void steady(Look now) {
        if (last == null) {
            return;
        }
        var here = Duration.ofNanos(now.nanos - last.nanos);
        var there = Duration.between(last.database, now.database);
        if (here.compareTo(UNSTEADY) > 0 || there.minus(here).abs().compareTo(UNSTEADY) > 0) {
            LOG.warn("{} went by here and {} at the database since the last look: not judging hosts now", here, there);
            calm.trouble();
        }
    }

    private static Instant clock(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select clock_timestamp()")) {
            query.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            try (var row = query.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class).toInstant();
            }
        }
    }

    private static boolean locked(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("select pg_try_advisory_xact_lock(?)")) {
            query.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            query.setLong(1, LOCK);
            try (var row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    private static List<Silent> silent(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("""
                select host, last_seen_at from agent_session
                where online
                  and last_seen_at < clock_timestamp() - make_interval(secs => ? * pace_millis / 1000.0)
                order by last_seen_at limit ?""")) {
            query.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            query.setInt(1, Pacer.MISSED_INTERVALS);
            query.setInt(2, BATCH);
            try (var rows = query.executeQuery()) {
                var found = new ArrayList<Silent>();
                while (rows.next()) {
                    found.add(new Silent(
                            new HostId(rows.getString(1)),
                            rows.getObject(2, OffsetDateTime.class).toInstant()));
                }
                return found;
            }
        }
    }

    /**
     * Should it be heard from at this very moment, its next heartbeat finds it marked so and brings it back.
     *
     * @return false if there is no such host any more
     */
    private boolean lose(Silent silent) {
        try {
            commands.send(
                    WATCH,
                    new LoseHost(silent.host, silent.lastSeen),
                    List.of(SessionStore.online(silent.host, false)));
            LOG.info("Host {} is lost, last heard from at {}", silent.host, silent.lastSeen);
        } catch (Refused e) {
            if (e.reason() instanceof Reason.NotFound) {
                return false;
            }
            if (e.reason() instanceof Reason.LedgerUnavailable) {
                calm.trouble();
            }
            LOG.warn("Host {} cannot be recorded as lost: {}", silent.host, e.getMessage());
        } catch (RuntimeException e) {
            // One host must not keep the others from being judged.
            LOG.error("Host {} cannot be recorded as lost", silent.host, e);
        }
        return true;
    }

    /** After all commands: rows locked here must not be what a command waits for. */
    private static void watchNoMore(Connection connection, String[] hosts) throws SQLException {
        if (hosts.length == 0) {
            return;
        }
        try (var update = connection.prepareStatement("update agent_session set online = false where host = any (?)")) {
            update.setQueryTimeout(QUERY_TIMEOUT_SECONDS);
            update.setArray(1, connection.createArrayOf("text", hosts));
            update.executeUpdate();
        }
    }
}
