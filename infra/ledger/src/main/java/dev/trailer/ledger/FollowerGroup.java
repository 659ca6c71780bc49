package dev.trailer.ledger;

import dev.trailer.ledger.Follower.Keeping;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Followers that are carried on together: one transaction for each batch locks their rows, hands each of them the events,
 * and moves them all. Of several servers the one that holds a row works, and the next goes on at once if it dies. One that
 * fails, or is far behind, goes on alone in a {@link FollowerLane} of its own until it has caught up: the others do not wait
 * for it. An error stops a follower, is shown, and is tried again at growing intervals; no event is ever skipped.
 */
public final class FollowerGroup implements AutoCloseable {
    /** Events in one transaction, and how far behind one may be to go along with the others. */
    static final int BATCH = 1_000;

    private static final Logger log = LoggerFactory.getLogger(FollowerGroup.class);

    /**
     * How a group goes about its work.
     *
     * @param interval batches begin at most this often: a burst is carried in few batches, a lone event at once
     * @param idle how long its transactions may wait for this server: longer than its handlers ever think
     */
    public record Manner(Duration interval, Duration idle) {
        /** Longer than any batch takes, and than a lock is waited for. */
        private static final Duration TRANSACTION = Duration.ofSeconds(60);

        /**
         * A lock is waited for less long than for the database, so that a lock alone is no lost connection. Few statements, always alike, each by a key: planned once,
         * and never for a walk over a whole table.
         */
        private static final List<String> MORE = List.of(
                "set lock_timeout = '5s'",
                "set plan_cache_mode = force_generic_plan",
                "set enable_seqscan = off",
                "set jit = off");

        /** A statement of a batch takes some milliseconds; a database that does not answer for so long is away. */
        private static final Duration SILENCE = Duration.ofSeconds(10);

        FollowerSession.Limits limits() {
            return new FollowerSession.Limits(idle, TRANSACTION, SILENCE, MORE);
        }
    }

    private final String name;
    private final List<Follower> members;
    private final DataSource database;
    private final Tail tail;
    private final LedgerReader reader;
    private final FollowerBeginnings beginnings = new FollowerBeginnings(this::rebuild);
    private final Manner manner;
    private final Set<Follower> apart = ConcurrentHashMap.newKeySet();
    private final Set<Follower> rebuilt = ConcurrentHashMap.newKeySet();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** @param database gives new connections, of which each lane keeps one */
    public FollowerGroup(
            String name, List<Follower> members, DataSource database, Tail tail, LedgerReader reader, Manner manner) {
        this.name = name;
        this.members = List.copyOf(members);
        this.database = database;
        this.tail = tail;
        this.reader = reader;
        this.manner = manner;
    }

    public List<Follower> members() {
        return members;
    }

    public void start() {
        run("followers-" + name, lane()::together);
    }

    private FollowerLane lane() {
        var session = new FollowerSession(database, manner.limits());
        return new FollowerLane(this, session, beginnings, tail, manner.interval);
    }

    private void run(String thread, Runnable work) {
        if (!closed) {
            var running = Thread.ofVirtual().name(thread).unstarted(() -> {
                work.run();
                threads.remove(Thread.currentThread());
            });
            threads.add(running);
            running.start();
        }
    }

    boolean isClosed() {
        return closed;
    }

    /** Those that do not go on alone. */
    List<Follower> together() {
        return members.stream().filter(member -> !apart.contains(member)).toList();
    }

    /** Goes on alone, the first attempt after {@code pause}, until it has caught up. */
    void apart(Follower member, Duration pause) {
        if (apart.add(member)) {
            log.info("{} goes on alone after position {}", member.name(), member.position());
            run("follower-" + member.name(), () -> {
                lane().alone(member, pause);
                apart.remove(member);
            });
        }
    }

    /** Makes a view anew beside the live one, if that is not under way. */
    private void rebuild(Follower member) {
        if (member.keeping() instanceof Keeping.Views(var tables) && rebuilt.add(member)) {
            run("rebuild-" + member.name(), () -> {
                var session = new FollowerSession(database, FollowerRebuild.LIMITS);
                new FollowerRebuild(member, tables, session, reader).run();
                rebuilt.remove(member);
            });
        }
    }

    @Override
    public void close() {
        closed = true;
        var running = List.copyOf(threads);
        running.forEach(Thread::interrupt);
        try {
            for (var thread : running) {
                thread.join(Duration.ofSeconds(10));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
