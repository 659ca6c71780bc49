package dev.trailer.agent.gateway.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A table in partitions by time, each of one hour, day or month. Several servers may keep it at once: each statement does
 * nothing twice.
 *
 * @param kept for how long rows stay, at least; they go with their partition
 */
public record Partitions(String table, ChronoUnit unit, Duration kept) {
    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("yyyyMMddHH");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");
    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("yyyyMM");

    /** The partition that a row of this moment is in. */
    public String at(Instant moment) {
        var format =
                switch (unit) {
                    case HOURS -> HOUR;
                    case DAYS -> DAY;
                    case MONTHS -> MONTH;
                    default -> throw new IllegalStateException("no partitions of " + unit);
                };
        return table + "_" + format.withZone(ZoneOffset.UTC).format(moment);
    }

    private OffsetDateTime start(Instant moment) {
        var utc = OffsetDateTime.ofInstant(moment, ZoneOffset.UTC);
        return unit == ChronoUnit.MONTHS ? utc.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1) : utc.truncatedTo(unit);
    }

    /** The one before, the present one and the next: what is written late or early has its place. */
    public void make(JdbcClient database, Instant now) {
        var start = start(now);
        var wanted = new ArrayList<OffsetDateTime>();
        for (var at = start(start.toInstant().minusSeconds(1));
                !at.isAfter(start.plus(1, unit));
                at = at.plus(1, unit)) {
            wanted.add(at);
        }
        var there = names(database);
        for (var at : wanted) {
            var name = at(at.toInstant());
            if (!there.contains(name)) {
                // Names are made of ours and digits; bounds cannot be parameters.
                database.sql("create table if not exists %s partition of %s for values from ('%s') to ('%s')"
                                .formatted(name, table, at, at.plus(1, unit)))
                        .update();
            }
        }
    }

    public void dropOld(JdbcClient database, Instant now) {
        var oldest = at(now.minus(kept));
        for (var name : names(database)) {
            if (name.compareTo(oldest) < 0) {
                database.sql("drop table if exists " + name).update();
                LOG.debug("{} dropped", name);
            }
        }
    }

    private List<String> names(JdbcClient database) {
        return database.sql("""
                        select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
                        where i.inhparent = to_regclass(?) order by 1""").param(table).query(String.class).list();
    }
}
