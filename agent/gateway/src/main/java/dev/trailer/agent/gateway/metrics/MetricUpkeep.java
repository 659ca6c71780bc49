package dev.trailer.agent.gateway.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes partitions before they are needed, takes the means of what is complete, and drops what is too old; each minute, on
 * one virtual thread of its own. Several servers may do it at once: each part is one statement that does nothing twice.
 */
public final class MetricUpkeep implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(MetricUpkeep.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    /** A sample may be written so much after its time. */
    private static final Duration LATE = Duration.ofSeconds(10);
    /** Means taken in one statement: after a long absence it is a few statements rather than one that takes minutes. */
    private static final int SPANS_AT_ONCE = 60;

    private final JdbcClient database;
    private @Nullable Thread thread;

    public MetricUpkeep(JdbcClient database) {
        this.database = database;
    }

    /** The first time before the server answers, so that no sample finds no partition. */
    @Override
    public synchronized void start() {
        if (thread == null) {
            attempt();
            thread = Thread.ofVirtual().name("metric-upkeep").start(this::run);
        }
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                Thread.sleep(EVERY);
            } catch (InterruptedException e) {
                return;
            }
            attempt();
        }
    }

    private void attempt() {
        try {
            once();
        } catch (DataAccessException e) {
            LOG.warn("The tables of metrics cannot be kept just now: {}", e.toString());
        } catch (RuntimeException | Error e) {
            LOG.error("The upkeep of metrics failed and goes on", e);
        }
    }

    /** By the database's clock. */
    public void once() {
        var now = database.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
        for (var kind : Kind.values()) {
            makePartitions(kind, now);
        }
        for (var kind : Kind.values()) {
            roll(kind, now);
            dropPartitions(kind, now);
        }
    }

    private void makePartitions(Kind kind, Instant now) {
        var start = kind.partitionStart(now);
        // One more back: the means of an hour that began in the last month are taken in this one.
        var first = kind.partitionStart(start.toInstant().minusSeconds(1));
        var wanted = new ArrayList<OffsetDateTime>();
        for (var at = first; !at.isAfter(kind.nextPartition(start)); at = kind.nextPartition(at)) {
            wanted.add(at);
        }
        var there = partitions(kind);
        for (var at : wanted) {
            var name = kind.partitionAt(at.toInstant());
            if (!there.contains(name)) {
                // Names are made of ours and digits; bounds cannot be parameters.
                database.sql("create table if not exists %s partition of %s for values from ('%s') to ('%s')"
                                .formatted(name, kind.table(), at, kind.nextPartition(at)))
                        .update();
            }
        }
    }

    private void dropPartitions(Kind kind, Instant now) {
        var oldest = kind.partitionAt(now.minus(kind.kept()));
        for (var name : partitions(kind)) {
            if (name.compareTo(oldest) < 0) {
                database.sql("drop table if exists " + name).update();
                LOG.debug("{} dropped", name);
            }
        }
    }

    private List<String> partitions(Kind kind) {
        return database.sql("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = to_regclass(?) order by 1""").param(kind.table()).query(String.class).list();
    }

    /** Takes the means of all whole steps that are not taken yet. */
    private void roll(Kind kind, Instant now) {
        var source = kind.source();
        if (source == null) {
            return;
        }
        var unit = kind == Kind.MINUTE ? ChronoUnit.MINUTES : ChronoUnit.HOURS;
        // Of hours only once the last of their minutes have been taken.
        var settled = now.minus(LATE).minus(kind == Kind.HOUR ? Duration.ofMinutes(2) : Duration.ZERO);
        var whole = OffsetDateTime.ofInstant(settled, ZoneOffset.UTC).truncatedTo(unit);
        while (true) {
            var since = database.sql("select upto from metric_rolled where kind = ?")
                    .param(kind.stored())
                    .query(OffsetDateTime.class)
                    .single();
            var oldest = whole.minus(source.kept());
            var from = since.isBefore(oldest) ? oldest : since;
            var until = from.plus(kind.step().multipliedBy(SPANS_AT_ONCE));
            if (until.isAfter(whole)) {
                until = whole;
            }
            if (!until.isAfter(from)) {
                return;
            }
            take(kind, source, since, from, until);
        }
    }

    /** Moves the mark and writes the means in one statement; the mark lets one server do it, once. */
    private void take(Kind kind, Kind source, OffsetDateTime since, OffsetDateTime from, OffsetDateTime until) {
        database.sql("""
                        with mine as (
                          update metric_rolled set upto = :until where kind = :kind and upto = :since returning 1)
                        insert into %s (subject, at, cpu_percent, cpu_percent_max, cpu_millis, cpu_millis_max,
                          memory_bytes, memory_bytes_max, load1, disk_used_bytes,
                          disk_read, disk_write, network_in, network_out, pids)
                        select subject, date_trunc(:kind, at, 'UTC'), avg(cpu_percent), max(cpu_percent_max), avg(cpu_millis),
                          max(cpu_millis_max), avg(memory_bytes)::bigint, max(memory_bytes_max), avg(load1),
                          avg(disk_used_bytes)::bigint, avg(disk_read), avg(disk_write), avg(network_in),
                          avg(network_out), avg(pids)::bigint
                        from %s, mine where at >= :from and at < :until
                        group by 1, 2
                        on conflict (subject, at) do nothing""".formatted(kind.table(), source.table()))
                .param("kind", kind.stored())
                .param("since", since)
                .param("from", from)
                .param("until", until)
                .update();
    }

    @Override
    public synchronized void stop() {
        if (thread == null) {
            return;
        }
        thread.interrupt();
        try {
            thread.join(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public synchronized boolean isRunning() {
        return thread != null;
    }
}
