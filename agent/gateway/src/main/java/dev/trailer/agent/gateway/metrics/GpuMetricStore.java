package dev.trailer.agent.gateway.metrics;

import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.api.MetricsView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps how hosts' GPUs fare as it comes and reads it back at a step. Any thread; blocks on the database. */
public final class GpuMetricStore {
    /** Of one host in one heartbeat; agents tell of no more. */
    private static final int MAX_GPUS = 128;
    /** A name in a key; the driver's are far shorter. */
    private static final int MAX_UUID_LENGTH = 128;
    /** Above what any card draws or endures: whatever says more has misread. */
    private static final double MAX_WATTS = 10_000;

    private static final double MAX_CELSIUS = 1_000;

    private final JdbcClient database;

    public GpuMetricStore(JdbcClient database) {
        this.database = database;
    }

    /** What cannot be is left out; a sample that cannot be kept is lost, and nothing else is. */
    public void keep(String host, List<GpuUsage> usages) {
        var sound =
                usages.stream().filter(GpuMetricStore::isSound).limit(MAX_GPUS).toList();
        if (sound.isEmpty()) {
            return;
        }
        MetricStore.write(() -> database.sql("""
                        insert into metric_raw (subject, at, gpu_percent, gpu_percent_max, memory_bytes, memory_bytes_max,
                          memory_total_bytes, celsius, watts)
                        select subject, clock.at, busy, busy, used, used, total, celsius, watts
                        from unnest(?::text[], ?::float8[], ?::bigint[], ?::bigint[], ?::float8[], ?::float8[])
                          usage (subject, busy, used, total, celsius, watts),
                          (select clock_timestamp() as at) clock
                        on conflict do nothing""")
                .params(
                        sound.stream().map(usage -> subject(host, usage.uuid())).toArray(String[]::new),
                        array(sound, GpuUsage::busyPercent, Double[]::new),
                        array(sound, GpuUsage::memoryUsedBytes, Long[]::new),
                        array(sound, GpuUsage::memoryTotalBytes, Long[]::new),
                        array(sound, GpuUsage::celsius, Double[]::new),
                        array(sound, GpuUsage::watts, Double[]::new))
                .update());
    }

    private static String subject(String host, String uuid) {
        return host + "/" + uuid;
    }

    private static <T> @Nullable T[] array(
            List<GpuUsage> usages, Function<GpuUsage, @Nullable T> value, IntFunction<@Nullable T[]> array) {
        return usages.stream().map(value).toArray(array);
    }

    private static boolean isSound(GpuUsage usage) {
        return usage.uuid() != null
                && usage.uuid().length() <= MAX_UUID_LENGTH
                && isAmount(usage.busyPercent(), 100)
                && isAmount(usage.celsius(), MAX_CELSIUS)
                && isAmount(usage.watts(), MAX_WATTS)
                && (usage.memoryUsedBytes() == null || usage.memoryUsedBytes() >= 0)
                && (usage.memoryTotalBytes() == null || usage.memoryTotalBytes() >= 0);
    }

    /** What is not told may be kept. */
    private static boolean isAmount(@Nullable Double value, double most) {
        return value == null || (MetricStore.isAmount(value) && value <= most);
    }

    /**
     * Means and highest values of a host's GPUs, step by step, of those that have any in this time.
     *
     * @param uuids of the cards in its slots
     */
    public List<MetricsView.Gpu> read(String host, Collection<String> uuids, Instant from, Instant to, Duration step) {
        if (uuids.isEmpty()) {
            return List.of();
        }
        var found = new LinkedHashMap<String, List<MetricsView.GpuPoint>>();
        uuids.forEach(uuid -> found.put(subject(host, uuid), new ArrayList<>()));
        database.sql("""
                        select subject, date_bin(make_interval(secs => :step), at, :from) as slot,
                          avg(gpu_percent) as gpu_percent, max(gpu_percent_max) as gpu_percent_max,
                          avg(memory_bytes)::bigint as memory_bytes, max(memory_bytes_max) as memory_bytes_max,
                          max(memory_total_bytes) as memory_total_bytes, avg(celsius) as celsius, avg(watts) as watts
                        from %s where subject = any (:subjects) and at >= :from and at < :to
                        group by 1, 2 order by 1, 2""".formatted(Kind.of(from, step).table()))
                .param("step", step.toMillis() / 1e3)
                .param("subjects", found.keySet().toArray(String[]::new))
                .param("from", OffsetDateTime.ofInstant(from, ZoneOffset.UTC))
                .param("to", OffsetDateTime.ofInstant(to, ZoneOffset.UTC))
                .query((ResultSet row) -> {
                    var points = found.get(row.getString("subject"));
                    if (points != null) {
                        points.add(point(row));
                    }
                });
        return found.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .map(entry -> new MetricsView.Gpu(entry.getKey().substring(host.length() + 1), entry.getValue()))
                .toList();
    }

    private static MetricsView.GpuPoint point(ResultSet row) throws SQLException {
        return new MetricsView.GpuPoint(
                row.getObject("slot", OffsetDateTime.class).toInstant(),
                MetricStore.amount(row, "gpu_percent"),
                MetricStore.amount(row, "gpu_percent_max"),
                MetricStore.number(row, "memory_bytes"),
                MetricStore.number(row, "memory_bytes_max"),
                MetricStore.number(row, "memory_total_bytes"),
                MetricStore.amount(row, "celsius"),
                MetricStore.amount(row, "watts"));
    }
}
