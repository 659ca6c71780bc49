package dev.trailer.ledger;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of this server that writes the ledger. It takes all that waits (group commit), writes it in one
 * transaction on a connection of its own, and answers each command once its events are durable. A command whose sequence
 * or claim conflicts is refused alone; one whose data the database refuses is found by writing its batch one by one.
 */
public final class Committer implements AutoCloseable {
    /** Commands in one transaction: enough that the flush to disk is shared, few enough that it takes milliseconds. */
    private static final int MAX_BATCH = 256;
    /** Commands waiting: at a thousand commits a second some seconds of work; more would only wait to time out. */
    private static final int MAX_WAITING = 8_192;
    /** How long a command waits for its commit before it is told that the ledger is not available. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /** How often, with nothing to write, to see whether a database that was away is back. */
    private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
    /** Beyond this a batch is not slow, the database does not answer. */
    private static final Duration STUCK = Duration.ofSeconds(3);
    /** Between attempts to reach a database that is away. */
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(200);

    private static final Logger log = LoggerFactory.getLogger(Committer.class);

    /** Opens the committer's own connection. */
    @FunctionalInterface
    public interface Connector {
        Connection open() throws SQLException;
    }

    /** Is told of each batch; quick, never throws. On the committer's thread. */
    @FunctionalInterface
    public interface Watch {
        /** @param waited of the command that waited longest, until the batch was begun */
        void committed(int commands, int events, Duration waited, Duration took);
    }

    private final Connector connector;
    private final Tail tail;
    private final BatchWriter writer;
    private final BlockingQueue<Append> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;
    private volatile boolean closed;
    private volatile boolean healthy = true;
    /** When the batch at hand was begun, by {@link System#nanoTime}; 0 while there is none. */
    private volatile long begunNanos;

    private volatile Watch watch = (_, _, _, _) -> {};
    private volatile @Nullable KnownPools knownPools;
    private @Nullable Connection connection;

    public Committer(Connector connector, Tail tail, Clock clock) {
        this.connector = connector;
        this.tail = tail;
        this.writer = new BatchWriter(clock);
        this.thread = Thread.ofPlatform().name("ledger-committer").daemon().start(this::run);
    }

    /**
     * Hands a command in and waits until it is durable. Any thread.
     *
     * @return the last position that it wrote, or the head's if it wrote none
     * @throws Refused if a claim was refused, or with {@code ledger_unavailable} if it is not known what became of it
     * @throws SequenceConflict if somebody else was first
     * @throws KeyTaken if its idempotency key was used meanwhile
     */
    long commit(Append append) {
        if (closed || !waiting.offer(append)) {
            throw new Refused(new Reason.LedgerUnavailable());
        }
        try {
            return append.recorded().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            // Not begun: then it never will be. Otherwise it is not known what becomes of it.
            waiting.remove(append);
            throw new Refused(new Reason.LedgerUnavailable());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }

    /** Whether the last attempt to write, or to reach the database, succeeded, and none has hung for seconds. */
    public boolean healthy() {
        long begun = begunNanos;
        return healthy && (begun == 0 || System.nanoTime() - begun < STUCK.toNanos());
    }

    /**
     * Every pool, if this server is the last that wrote, as far as it knows; null if not. Any thread.
     *
     * <p>Another server may have written since: a choice made by it may be refused where the ledger is asked.
     */
    public @Nullable List<ClaimReader.Pool> knownPools() {
        var known = knownPools;
        return known == null || known.position() < tail.head() ? null : known.list();
    }

    /** Commands that wait for a batch. */
    public int waiting() {
        return waiting.size();
    }

    /** Who is told of batches from now on. */
    public void watchedBy(Watch newWatch) {
        watch = newWatch;
    }

    private void run() {
        var batch = new ArrayList<Append>(MAX_BATCH);
        while (!closed) {
            batch.clear();
            try {
                var first = waiting.poll(PROBE_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    probe();
                    continue;
                }
                batch.add(first);
            } catch (InterruptedException e) {
                break;
            }
            waiting.drainTo(batch, MAX_BATCH - 1);
            commit(batch);
        }
        disconnect();
        waiting.forEach(a -> a.recorded().completeExceptionally(new Refused(new Reason.LedgerUnavailable())));
    }

    /** With nothing to write: finds out whether it could, and lets go of a connection that has died meanwhile. */
    private void probe() {
        try {
            if (connect().isValid((int) PROBE_INTERVAL.toSeconds())) {
                healthy = true;
                return;
            }
        } catch (SQLException e) {
            log.debug("probing", e);
        }
        healthy = false;
        disconnect();
    }

    private void commit(List<Append> batch) {
        try {
            write(batch);
            healthy = true;
        } catch (SQLException e) {
            rollback();
            if (isDataError(e)) {
                isolate(batch, e);
            } else {
                unavailable(batch, e);
            }
        } catch (RuntimeException | Error e) {
            rollback();
            disconnect();
            log.error("A batch of {} commands failed", batch.size(), e);
            batch.forEach(a -> a.recorded().completeExceptionally(e));
        }
    }

    private void write(List<Append> batch) throws SQLException {
        long begun = System.nanoTime();
        begunNanos = begun == 0 ? 1 : begun;
        BatchWriter.Written written;
        try {
            written = writer.write(connect(), batch);
        } finally {
            begunNanos = 0;
            knownPools = writer.knownPools();
        }
        watch.committed(
                batch.size(),
                written.events().size(),
                Duration.ofNanos(begun - batch.getFirst().handedInNanos()),
                Duration.ofNanos(System.nanoTime() - begun));
        if (!written.events().isEmpty()) {
            tail.appended(written.events());
        }
        acknowledge(batch, written);
    }

    private static void acknowledge(List<Append> batch, BatchWriter.Written written) {
        for (Append append : batch) {
            var refusal = written.refusals().get(append);
            if (refusal == null) {
                append.recorded().complete(written.positions().getOrDefault(append, 0L));
            } else {
                append.recorded().completeExceptionally(refusal);
            }
        }
    }

    private void isolate(List<Append> batch, SQLException cause) {
        if (batch.size() == 1) {
            log.error("The database refused a command's data", cause);
            batch.getFirst().recorded().completeExceptionally(new IllegalStateException("refused data", cause));
            return;
        }
        for (Append append : batch) {
            commit(List.of(append));
        }
    }

    private void unavailable(List<Append> batch, SQLException cause) {
        healthy = false;
        disconnect();
        log.warn("The ledger's database is not available: {} (SQL state {})", cause.getMessage(), cause.getSQLState());
        batch.forEach(a -> a.recorded().completeExceptionally(new Refused(new Reason.LedgerUnavailable())));
        try {
            Thread.sleep(RECONNECT_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Connection connect() throws SQLException {
        var open = connection;
        if (open == null) {
            open = connector.open();
            try (var statement = open.createStatement()) {
                // A command is told "unavailable" after PATIENCE; a transaction must not outlive that. Idle within one
                // it is for microseconds, unless this process is paused: then other servers must get at the head.
                statement.execute("set synchronous_commit = on");
                // A few statements, always alike, each by a key: one plan for each, and never over a whole table, which
                // is
                // what a plan that was made while the tables were small would go on to do.
                statement.execute("set plan_cache_mode = force_generic_plan");
                statement.execute("set enable_seqscan = off");
                statement.execute("set jit = off");
                statement.execute("set lock_timeout = '10s'");
                statement.execute("set statement_timeout = '10s'");
                statement.execute("set idle_in_transaction_session_timeout = '3s'");
                statement.execute("set transaction_timeout = '12s'");
            }
            connection = open;
        }
        return open;
    }

    private void rollback() {
        try {
            if (connection != null && !connection.getAutoCommit()) {
                connection.rollback();
            }
        } catch (SQLException e) {
            disconnect();
        }
    }

    private void disconnect() {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException e) {
            log.debug("closing a broken connection", e);
        } finally {
            connection = null;
        }
    }

    /** Class 22 is data exceptions, 23 integrity violations, 42 errors in a statement: the next batch will not have them. */
    private static boolean isDataError(SQLException e) {
        var state = e.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23") || state.startsWith("42"));
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
