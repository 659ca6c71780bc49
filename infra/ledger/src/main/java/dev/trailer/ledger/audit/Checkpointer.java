package dev.trailer.ledger.audit;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes checkpoints: at the start, then each minute, and at the end, if the ledger has grown since the last. Only of what is
 * committed, since that is all that it can see. Whatever keeps it from writing is logged and told by {@link #trouble}, and
 * stops nothing else. Any thread.
 */
public final class Checkpointer implements AutoCloseable {
    /** A cut tail of less than this may go unseen; a line has some 600 bytes, so a busy year has 300 MB. */
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    /** As long as nothing is attested, as at a first start, which records something at once. */
    private static final Duration FIRST_INTERVAL = Duration.ofSeconds(1);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);
    private static final Logger log = LoggerFactory.getLogger(Checkpointer.class);

    private final DataSource database;
    private final CheckpointLog checkpoints;
    private final Clock clock;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("checkpointer").unstarted(this::watch);
    private volatile long position;
    private volatile @Nullable String trouble;

    public Checkpointer(DataSource database, CheckpointLog checkpoints, Clock clock) {
        this.database = database;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    /** The last position that is attested; 0 before any. */
    public long position() {
        return position;
    }

    /** Why the last one could not be written; null if it could. */
    public @Nullable String trouble() {
        return trouble;
    }

    /** Writes the first, unless there is trouble; then looks every minute. */
    public void start() {
        write();
        thread.start();
    }

    private void watch() {
        try {
            while (!closing.await(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                write();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        return position == 0 && trouble == null ? FIRST_INTERVAL : INTERVAL;
    }

    /** Attests where the ledger stands, unless that is attested already. */
    public synchronized void write() {
        try {
            say(attest());
        } catch (SQLException e) {
            say("the database does not answer: " + e.getMessage());
        } catch (IOException | RuntimeException e) {
            say("no checkpoint can be written: " + e);
        }
    }

    /** @return why not */
    private @Nullable String attest() throws SQLException, IOException {
        var last = checkpoints.last();
        try (var snapshot = Snapshot.open(database)) {
            var head = snapshot.head().orElse(null);
            if (head == null) {
                return "the ledger has no head row";
            }
            if (last != null && last.isOf(head.install(), head.timeline())) {
                if (last.position() > head.position()) {
                    return "the ledger ends at " + head.position() + ", but the last checkpoint, of " + last.writtenAt()
                            + ", says " + last.position();
                }
                var chain = snapshot.chainAt(last.position());
                if (chain == null || !last.agrees(chain)) {
                    return "the ledger was written anew: the last checkpoint, of " + last.writtenAt()
                            + ", has another chain at position " + last.position();
                }
            } else if (last != null) {
                log.warn(
                        "The ledger's timeline is {}, the last checkpoint's {}: checkpoints begin anew",
                        head.timeline(),
                        last.timeline());
            }
            boolean attested =
                    last != null && last.isOf(head.install(), head.timeline()) && last.position() == head.position();
            if (head.position() > 0 && !attested) {
                checkpoints.append(head, clock);
            }
            position = head.position();
            return null;
        }
    }

    private void say(@Nullable String found) {
        if (found != null && !found.equals(trouble)) {
            log.error("Checkpoints: {}", found);
        } else if (found == null && trouble != null) {
            log.info("Checkpoints are written again");
        }
        trouble = found;
    }

    /** Writes the last. To be called once nothing is recorded any more, while the database still answers. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(STOP_PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write();
    }
}
