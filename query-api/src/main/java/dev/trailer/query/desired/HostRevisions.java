package dev.trailer.query.desired;

import dev.trailer.domain.host.HostId;
import dev.trailer.query.port.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Each host's revision in memory, and who waits for it. One thread follows the view, here or on another server alike: each
 * time it has moved, one query finds the hosts concerned, and only their waiters wake. Waiters hold no connection. Any
 * thread.
 */
final class HostRevisions implements AutoCloseable {
    /** How often to look again though nothing was heard. */
    private static final Duration RECHECK = Duration.ofSeconds(1);

    private static final Logger log = LoggerFactory.getLogger(HostRevisions.class);

    /** What is known of one host. As many as there are hosts. */
    private static final class Gate {
        final ReentrantLock lock = new ReentrantLock();
        final Condition moved = lock.newCondition();
        /** Below 0: not known yet. */
        long revision = -1;

        void reached(long to) {
            lock.lock();
            try {
                if (to > revision) {
                    revision = to;
                    moved.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }

        long revision() {
            lock.lock();
            try {
                return revision;
            } finally {
                lock.unlock();
            }
        }

        boolean awaitBeyond(long than, Duration patience) throws InterruptedException {
            long left = patience.toNanos();
            lock.lockInterruptibly();
            try {
                while (revision <= than) {
                    if (left <= 0) {
                        return false;
                    }
                    left = moved.awaitNanos(left);
                }
                return true;
            } finally {
                lock.unlock();
            }
        }
    }

    /** The hosts that changed after a position, with their revisions. */
    @FunctionalInterface
    interface Changes {
        Map<HostId, Long> after(long position);
    }

    private final Progress progress;
    private final ToLongFunction<HostId> stored;
    private final Changes changes;
    private final Map<HostId, Gate> gates = new ConcurrentHashMap<>();
    private @Nullable Thread thread;

    HostRevisions(Progress progress, ToLongFunction<HostId> stored, Changes changes) {
        this.progress = progress;
        this.stored = stored;
        this.changes = changes;
    }

    void start() {
        thread = Thread.ofVirtual().name("desired-watch").start(this::run);
    }

    long of(HostId host) {
        return known(host).revision();
    }

    /** @return whether the host's revision is beyond one */
    boolean awaitBeyond(HostId host, long revision, Duration patience) throws InterruptedException {
        return known(host).awaitBeyond(revision, patience);
    }

    private Gate known(HostId host) {
        var gate = gates.computeIfAbsent(host, _ -> new Gate());
        if (gate.revision() < 0) {
            // What commits after this query is found by the watch, which is never ahead of what is committed.
            gate.reached(stored.applyAsLong(host));
        }
        return gate;
    }

    private void run() {
        long seen = 0;
        boolean well = true;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                progress.await(DesiredProjector.NAME, seen + 1, RECHECK);
                // Before the query, so that whatever commits after it is looked for again.
                long reached = progress.position(DesiredProjector.NAME);
                if (reached > seen) {
                    changes.after(seen).forEach((host, revision) -> gates.computeIfAbsent(host, _ -> new Gate())
                            .reached(revision));
                    seen = reached;
                }
                well = true;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                if (well) {
                    log.warn("cannot see what changed for hosts; trying again each second", e);
                }
                well = false;
                if (!pause()) {
                    return;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(RECHECK);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        var running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
