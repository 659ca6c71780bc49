package dev.trailer.agent.gateway.metrics;

import dev.trailer.agent.gateway.upkeep.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** One of the tables: how fine it is, how long its rows are kept, and how long one of its partitions is. */
enum Kind {
    RAW("raw", Duration.ofSeconds(5), Duration.ofHours(6), ChronoUnit.HOURS, null),
    MINUTE("minute", Duration.ofMinutes(1), Duration.ofDays(7), ChronoUnit.DAYS, RAW),
    HOUR("hour", Duration.ofHours(1), Duration.ofDays(365), ChronoUnit.MONTHS, MINUTE);

    private final String stored;
    private final Duration step;
    private final Duration kept;
    private final ChronoUnit partition;
    private final @Nullable Kind source;

    Kind(String stored, Duration step, Duration kept, ChronoUnit partition, @Nullable Kind source) {
        this.stored = stored;
        this.step = step;
        this.kept = kept;
        this.partition = partition;
        this.source = source;
    }

    /** The finest whose rows are kept for so long and are no finer than needed. */
    static Kind of(Instant from, Duration step) {
        var now = Instant.now();
        for (var kind : values()) {
            boolean enough = kind == HOUR || step.compareTo(kind == RAW ? MINUTE.step : HOUR.step) < 0;
            if (enough && !from.isBefore(now.minus(kind.kept))) {
                return kind;
            }
        }
        return HOUR;
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

    Partitions partitions() {
        return new Partitions(table(), partition, kept);
    }

    /** Whose rows its means are taken of; null for samples. */
    @Nullable
    Kind source() {
        return source;
    }
}
