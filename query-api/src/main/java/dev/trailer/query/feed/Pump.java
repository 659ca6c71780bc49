package dev.trailer.query.feed;

import dev.trailer.query.port.FactSource;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves all readers of this server along. In rounds: who can take more is put where it stands, each place's chunk is made
 * once, and each event loop writes it to all of its readers there in one go. A round lasts until the loops have done so, so
 * that under load rounds become fewer and chunks larger. Who is so far behind that the database must be read waits for
 * one of a few threads instead, and holds up nobody.
 */
final class Pump implements AutoCloseable {
    /** Between rounds for readers near the head: shorter than anybody sees on a screen. */
    private static final Duration SPACING = Duration.ofMillis(10);
    /** A stalled event loop holds up the others no longer. */
    private static final Duration ROUND = Duration.ofMillis(100);
    /** Between looks at who has heard nothing, and at who went away. */
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Readers of the database: however many lag, they share these few of its connections. */
    private static final int CATCHING_UP = 4;

    private static final Logger log = LoggerFactory.getLogger(Pump.class);

    private final FactSource facts;
    private final Chunks chunks;
    private final Duration heartbeat;
    private final Queue<Subscription> free = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean pulled = new AtomicBoolean();
    private final ExecutorService catchingUp = Executors.newFixedThreadPool(
            CATCHING_UP, Thread.ofVirtual().name("feed-catch-up-", 0).factory());
    private final Thread thread = Thread.ofVirtual().name("feed-pump").unstarted(this::run);
    private volatile boolean closed;

    // By the thread alone.
    private final Map<Place, List<Subscription>> waiting = new HashMap<>();
    private long servedNanos = System.nanoTime() - SPACING.toNanos();
    private long tickedNanos = System.nanoTime();

    /** @param heartbeat the longest silence */
    Pump(FactSource facts, Chunks chunks, Duration heartbeat) {
        this.facts = facts;
        this.chunks = chunks;
        this.heartbeat = heartbeat;
    }

    void start() {
        thread.start();
    }

    /** There may be more to send. Any thread; quick, never blocks. */
    void pull() {
        if (!pulled.getAndSet(true)) {
            LockSupport.unpark(thread);
        }
    }

    /** A reader that can take more. Any thread; quick, never blocks. */
    void admit(Subscription reader) {
        free.add(reader);
        pull();
    }

    private void run() {
        while (!closed) {
            try {
                round();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                // Whoever was on its way in this round has been ended; the others must go on.
                log.error("a round of the stream failed", e);
            }
        }
    }

    private void round() throws InterruptedException {
        pulled.set(false);
        for (var reader = free.poll(); reader != null; reader = free.poll()) {
            waiting.computeIfAbsent(reader.place(), _ -> new ArrayList<>()).add(reader);
        }
        long now = System.nanoTime();
        if (now - tickedNanos >= TICK.toNanos()) {
            tickedNanos = now;
            tick(now);
        }
        long head = facts.known();
        boolean anyNear = false;
        var due = new ArrayList<Place>();
        for (var place : waiting.keySet()) {
            long behind = head - place.position();
            if (behind >= Chunks.SPAN || (behind > 0 && now - servedNanos >= SPACING.toNanos())) {
                due.add(place);
            }
            anyNear |= behind > 0;
        }
        if (due.isEmpty()) {
            var rest = anyNear ? SPACING.toNanos() - (now - servedNanos) : TICK.toNanos();
            if (!pulled.get() || anyNear) {
                LockSupport.parkNanos(this, rest);
            }
        } else {
            servedNanos = now;
            serve(due);
        }
    }

    private void serve(List<Place> due) throws InterruptedException {
        var written = new Semaphore(0);
        int tasks = 0;
        for (var place : due) {
            var readers = waiting.remove(place);
            if (readers == null) {
                continue;
            }
            try {
                var chunk = chunks.near(place);
                if (chunk == null) {
                    catchingUp.execute(() -> catchUp(place, readers));
                } else {
                    tasks += deliver(chunk, readers, written);
                }
            } catch (RuntimeException e) {
                giveUp(place, readers, e);
            }
        }
        var _ = written.tryAcquire(tasks, ROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void catchUp(Place place, List<Subscription> readers) {
        try {
            deliver(chunks.read(place), readers, new Semaphore(0));
        } catch (RuntimeException e) {
            giveUp(place, readers, e);
        }
    }

    /** Ended honestly: they come back and go on where they were, when we can read again. */
    private static void giveUp(Place place, List<Subscription> readers, RuntimeException why) {
        log.warn("{} streams end after position {}: {}", readers.size(), place.position(), why.toString());
        readers.forEach(reader -> reader.end(Farewell.LEDGER_UNAVAILABLE));
    }

    /**
     * Hands a chunk over to the readers' event loops, and lets go of it.
     *
     * @param written released once for each
     * @return how many
     */
    private int deliver(Chunk chunk, List<Subscription> readers, Semaphore written) {
        try {
            if (chunk.isEmpty()) {
                for (var reader : readers) {
                    reader.pass(chunk);
                    free.add(reader);
                }
                pull();
                return 0;
            }
            var loops = new IdentityHashMap<EventLoop, List<Subscription>>();
            for (var reader : readers) {
                if (!reader.over()) {
                    loops.computeIfAbsent(reader.outlet().loop(), _ -> new ArrayList<>())
                            .add(reader);
                }
            }
            loops.forEach((loop, theirs) -> onLoop(loop, chunk.retain(), theirs, written));
            return loops.size();
        } finally {
            chunk.release();
        }
    }

    private void onLoop(EventLoop loop, Chunk chunk, List<Subscription> readers, Semaphore written) {
        try {
            loop.execute(() -> {
                try {
                    readers.forEach(reader -> reader.take(chunk, this::admit));
                } finally {
                    chunk.release();
                    written.release();
                }
            });
        } catch (RejectedExecutionException e) {
            // Netty has ended, and these connections with it.
            readers.forEach(Subscription::forget);
            chunk.release();
            written.release();
        }
    }

    /** Tells those who heard nothing for long that we are there, and those who were shown nothing how far they are. */
    private void tick(long now) {
        for (var place : List.copyOf(waiting.keySet())) {
            var still = new ArrayList<Subscription>();
            var untold = new ArrayList<Subscription>();
            var silent = new ArrayList<Subscription>();
            for (var reader : waiting.getOrDefault(place, List.of())) {
                if (reader.over()) {
                    continue;
                }
                boolean tooLong = reader.silentNanos(now) >= heartbeat.toNanos();
                (reader.untold() ? untold : tooLong ? silent : still).add(reader);
            }
            var id = new StreamId(place.position(), place.audience().mark());
            deliver(Chunk.progress(id), untold, new Semaphore(0));
            deliver(Chunk.heartbeat(place.position()), silent, new Semaphore(0));
            if (still.isEmpty()) {
                waiting.remove(place);
            } else {
                waiting.put(place, still);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        catchingUp.shutdown();
    }
}
