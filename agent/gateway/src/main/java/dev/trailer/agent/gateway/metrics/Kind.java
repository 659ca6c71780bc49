package dev.trailer.agent.gateway.metrics;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One of the tables: how fine it is, how long its rows are kept, and how long one of its partitions is. */
enum Kind {
    RAW("raw", Duration.ofSeconds(5), Duration.ofHours(6), ChronoUnit.HOURS, "yyyyMMddHH", null),
    MINUTE("minute", Duration.ofMinutes(1), Duration.ofDays(7), ChronoUnit.DAYS, "yyyyMMdd", RAW),
    HOUR("hour", Duration.ofHours(1), Duration.ofDays(365), ChronoUnit.MONTHS, "yyyyMM", MINUTE);

    private final String stored;
    private final Duration step;
    private final Duration kept;
    private final ChronoUnit partition;
    private final DateTimeFormatter suffix;
    private final @Nullable Kind source;

    Kind(String stored, Duration step, Duration kept, ChronoUnit partition, String suffix, @Nullable Kind source) {
        this.stored = stored;
        this.step = step;
        this.kept = kept;
        this.partition = partition;
        this.suffix = DateTimeFormatter.ofPattern(suffix).withZone(ZoneOffset.UTC);
        this.source = source;
    }

    String stored() {
        return stored;
    }

    String table() {
        return "metric_" + stored;
    }

    /** Between two rows of one subject; of samples, the least. */
    Duration step() {
        return step;
    }

    Duration kept() {
        return kept;
    }

    /** Whose rows its means are taken of; null for samples. */
    @Nullable
    Kind source() {
        return source;
    }

    /** The partition that a row of this moment is in. */
    String partitionAt(Instant at) {
        return table() + "_" + suffix.format(at);
    }

    /** When the partition of this moment begins. */
    OffsetDateTime partitionStart(Instant at) {
        var utc = OffsetDateTime.ofInstant(at, ZoneOffset.UTC);
        return partition == ChronoUnit.MONTHS
                ? utc.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1)
                : utc.truncatedTo(partition);
    }

    OffsetDateTime nextPartition(OffsetDateTime start) {
        return start.plus(1, partition);
    }
}
