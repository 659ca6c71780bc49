package dev.trailer.agent.gateway.metrics;

import dev.trailer.agent.protocol.HostMetrics;
import dev.trailer.agent.protocol.WorkspaceUsage;
import dev.trailer.api.MetricsView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps samples as they come and reads them back at a step. Any thread; blocks on the database. */
public final class MetricStore {
    private static final Logger LOG = LoggerFactory.getLogger(MetricStore.class);

    private final JdbcClient database;

    public MetricStore(JdbcClient database) {
        this.database = database;
    }

    /** A sample that cannot be kept is lost, and nothing else is. */
    public void keep(String host, HostMetrics metrics) {
        if (!Double.isFinite(metrics.cpuPercent()) || !Double.isFinite(metrics.load1())) {
            return;
        }
        write(() -> database.sql("""
                        insert into metric_raw (subject, at, cpu_percent, cpu_percent_max, memory_bytes, memory_bytes_max, load1,
                          disk_used_bytes)
                        values (:host, clock_timestamp(), :cpu, :cpu, :memory, :memory, :load, :disk)
                        on conflict do nothing""")
                .param("host", host)
                .param("cpu", metrics.cpuPercent())
                .param("memory", metrics.memoryUsedBytes())
                .param("load", metrics.load1())
                .param("disk", metrics.diskUsedBytes())
                .update());
    }

    /** The same of workspaces; what cannot be is left out. */
    public void keep(List<WorkspaceUsage> usages) {
        var sound = usages.stream().filter(MetricStore::isSound).toList();
        if (sound.isEmpty()) {
            return;
        }
        write(() -> database.sql("""
                        insert into metric_raw (subject, at, cpu_millis, cpu_millis_max, memory_bytes, memory_bytes_max,
                          disk_read, disk_write, network_in, network_out, pids)
                        select subject, clock.at, cpu, cpu, memory, memory, disk_read, disk_write, network_in, network_out, pids
                        from unnest(?::text[], ?::float8[], ?::bigint[], ?::float8[], ?::float8[], ?::float8[], ?::float8[], ?::bigint[])
                          usage (subject, cpu, memory, disk_read, disk_write, network_in, network_out, pids),
                          (select clock_timestamp() as at) clock
                        on conflict do nothing""")
                .params(
                        sound.stream().map(WorkspaceUsage::workspace).toArray(String[]::new),
                        doubles(sound, WorkspaceUsage::cpuMillis),
                        longs(sound, WorkspaceUsage::memoryBytes),
                        doubles(sound, WorkspaceUsage::diskReadBytesPerSecond),
                        doubles(sound, WorkspaceUsage::diskWriteBytesPerSecond),
                        doubles(sound, WorkspaceUsage::networkInBytesPerSecond),
                        doubles(sound, WorkspaceUsage::networkOutBytesPerSecond),
                        longs(sound, WorkspaceUsage::pids))
                .update());
    }

    static void write(Runnable insert) {
        try {
            insert.run();
        } catch (DataAccessException e) {
            LOG.warn("Samples could not be kept: {}", e.toString());
        }
    }

    private static boolean isSound(WorkspaceUsage usage) {
        return usage.workspace() != null
                && usage.memoryBytes() >= 0
                && usage.pids() >= 0
                && isAmount(usage.cpuMillis())
                && isAmount(usage.diskReadBytesPerSecond())
                && isAmount(usage.diskWriteBytesPerSecond())
                && isAmount(usage.networkInBytesPerSecond())
                && isAmount(usage.networkOutBytesPerSecond());
    }

    static boolean isAmount(double value) {
        return Double.isFinite(value) && value >= 0;
    }

    private static Double[] doubles(List<WorkspaceUsage> usages, ToDoubleFunction<WorkspaceUsage> value) {
        return usages.stream().map(value::applyAsDouble).toArray(Double[]::new);
    }

    private static Long[] longs(List<WorkspaceUsage> usages, ToLongFunction<WorkspaceUsage> value) {
        return usages.stream().map(value::applyAsLong).toArray(Long[]::new);
    }

    /**
     * Means and highest values of a subject, step by step; steps without samples are left out. Taken of the finest rows that
     * are kept for so long and are no finer than needed.
     */
    public List<MetricsView.Point> read(String subject, Instant from, Instant to, Duration step) {
        var kind = Kind.of(from, step);
        return database.sql("""
                        select date_bin(make_interval(secs => :step), at, :from) as slot, avg(cpu_percent) as cpu_percent,
                          max(cpu_percent_max) as cpu_percent_max, avg(cpu_millis) as cpu_millis,
                          max(cpu_millis_max) as cpu_millis_max, avg(memory_bytes)::bigint as memory_bytes,
                          max(memory_bytes_max) as memory_bytes_max, avg(load1) as load1,
                          avg(disk_used_bytes)::bigint as disk_used_bytes, avg(disk_read) as disk_read,
                          avg(disk_write) as disk_write, avg(network_in) as network_in, avg(network_out) as network_out,
                          avg(pids)::bigint as pids
                        from %s where subject = :subject and at >= :from and at < :to
                        group by 1 order by 1""".formatted(kind.table()))
                .param("step", step.toMillis() / 1e3)
                .param("subject", subject)
                .param("from", OffsetDateTime.ofInstant(from, ZoneOffset.UTC))
                .param("to", OffsetDateTime.ofInstant(to, ZoneOffset.UTC))
                .query((row, _) -> point(row))
                .list();
    }

    private static MetricsView.Point point(ResultSet row) throws SQLException {
        return new MetricsView.Point(
                row.getObject("slot", OffsetDateTime.class).toInstant(),
                amount(row, "cpu_percent"),
                amount(row, "cpu_percent_max"),
                amount(row, "cpu_millis"),
                amount(row, "cpu_millis_max"),
                row.getLong("memory_bytes"),
                row.getLong("memory_bytes_max"),
                amount(row, "load1"),
                number(row, "disk_used_bytes"),
                amount(row, "disk_read"),
                amount(row, "disk_write"),
                amount(row, "network_in"),
                amount(row, "network_out"),
                number(row, "pids"));
    }

    static @Nullable Double amount(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Double.class);
    }

    static @Nullable Long number(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Long.class);
    }
}
