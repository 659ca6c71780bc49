package dev.trailer.agent.gateway.attempts;

import dev.trailer.agent.gateway.upkeep.Partitions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Makes the partitions of attempts before they are needed, and drops what is too old. */
public final class AttemptUpkeep {
    private static final List<Partitions> TABLES = List.of(
            new Partitions("attempt", ChronoUnit.DAYS, Duration.ofDays(30)),
            // Megabytes each, and read while it is fresh.
            new Partitions("attempt_output", ChronoUnit.DAYS, Duration.ofDays(7)));

    private final JdbcClient database;

    public AttemptUpkeep(JdbcClient database) {
        this.database = database;
    }

    /** @param now by the database's clock */
    public void once(Instant now) {
        TABLES.forEach(table -> table.make(database, now));
        TABLES.forEach(table -> table.dropOld(database, now));
    }
}
