package dev.trailer.agent.gateway.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes partitions before they are needed, takes the means of what is complete, and drops what is too old. Several servers may
 * do it at once: each part is one statement that does nothing twice.
 */
public final class MetricUpkeep {
    /** A sample may be written so much after its time. */
    private static final Duration LATE = Duration.ofSeconds(10);
    /** Means taken in one statement: after a long absence it is a few statements rather than one that takes minutes. */
    private static final int SPANS_AT_ONCE = 60;

    private final JdbcClient database;

    public MetricUpkeep(JdbcClient database) {
        this.database = database;
    }

    /** @param now by the database's clock */
    public void once(Instant now) {
        for (var kind : Kind.values()) {
            kind.partitions().make(database, now);
        }
        for (var kind : Kind.values()) {
            roll(kind, now);
            kind.partitions().dropOld(database, now);
        }
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
                          disk_read, disk_write, network_in, network_out, pids,
                          gpu_percent, gpu_percent_max, memory_total_bytes, celsius, watts)
                        select subject, date_trunc(:kind, at, 'UTC'), avg(cpu_percent), max(cpu_percent_max), avg(cpu_millis),
                          max(cpu_millis_max), avg(memory_bytes)::bigint, max(memory_bytes_max), avg(load1),
                          avg(disk_used_bytes)::bigint, avg(disk_read), avg(disk_write), avg(network_in),
                          avg(network_out), avg(pids)::bigint,
                          avg(gpu_percent), max(gpu_percent_max), max(memory_total_bytes), avg(celsius), avg(watts)
                        from %s, mine where at >= :from and at < :until
                        group by 1, 2
                        on conflict (subject, at) do nothing""".formatted(kind.table(), source.table()))
                .param("kind", kind.stored())
                .param("since", since)
                .param("from", from)
                .param("until", until)
                .update();
    }
}
