package dev.trailer.agent.gateway.upkeep;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Does what a kind of table needs each minute, on one virtual thread of its own. Several servers may do it at once. */
public final class Upkeep implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Upkeep.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final String what;
    private final JdbcClient database;
    private final Consumer<Instant> once;
    private @Nullable Thread thread;

    /**
     * @param what in a word, for the log
     * @param once given the time by the database's clock; does nothing twice
     */
    public Upkeep(String what, DataSource database, Consumer<Instant> once) {
        this.what = what;
        this.database = JdbcClient.create(database);
        this.once = once;
    }

    /** The first time before the server answers, so that no row finds no partition. */
    @Override
    public synchronized void start() {
        if (thread == null) {
            attempt();
            thread = Thread.ofVirtual().name("upkeep-" + what).start(this::run);
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
            once.accept(now(database));
        } catch (DataAccessException e) {
            LOG.warn("The tables of {} cannot be kept just now: {}", what, e.toString());
        } catch (RuntimeException | Error e) {
            LOG.error("The upkeep of {} failed and goes on", what, e);
        }
    }

    public static Instant now(JdbcClient database) {
        return database.sql("select clock_timestamp()")
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
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
