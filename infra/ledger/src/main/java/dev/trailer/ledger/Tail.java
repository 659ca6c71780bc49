package dev.trailer.ledger;

import dev.trailer.domain.facts.RecordedEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The newest events in memory, already decoded, so that views and streams need not each read what was just written, and
 * the bell that rings when there are more. Filled by this server's committer; {@link HeadWatch} rings it for events of
 * other servers, which are then read from the database. Any thread.
 */
public final class Tail {
    /** About 8 MB: some seconds of full load. Who is further behind reads the database in larger steps anyway. */
    private static final int CAPACITY = 8_192;

    private final LedgerReader reader;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final ArrayDeque<RecordedEvent> recent = new ArrayDeque<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private long head;

    public Tail(LedgerReader reader) {
        this.reader = reader;
    }

    /** By the committer, after its commit: consecutive positions. */
    void appended(List<RecordedEvent> events) {
        lock.lock();
        try {
            var last = recent.peekLast();
            if (last != null && last.position() + 1 != events.getFirst().position()) {
                // Another server wrote in between; what is kept here must have no gap.
                recent.clear();
            }
            recent.addAll(events);
            while (recent.size() > CAPACITY) {
                recent.removeFirst();
            }
            head = Math.max(head, events.getLast().position());
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /** By whoever has learnt that the ledger stands at {@code position}. */
    public void reached(long position) {
        lock.lock();
        try {
            if (position <= head) {
                return;
            }
            head = position;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /** The highest position known here. */
    public long head() {
        lock.lock();
        try {
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** The events after a position in order, at most {@code limit}; from memory if they are all there. */
    public List<RecordedEvent> after(long position, int limit) {
        lock.lock();
        try {
            if (position >= head) {
                return List.of();
            }
            var first = recent.peekFirst();
            var last = recent.peekLast();
            if (first != null && last != null && first.position() <= position + 1 && last.position() == head) {
                return slice(position, limit);
            }
        } finally {
            lock.unlock();
        }
        return reader.after(position, limit);
    }

    private List<RecordedEvent> slice(long position, int limit) {
        int available = (int) (head - position);
        int take = Math.min(available, limit);
        var found = new ArrayList<RecordedEvent>(take);
        var newestFirst = recent.descendingIterator();
        for (int skip = available - take; skip > 0; skip--) {
            newestFirst.next();
        }
        for (int i = 0; i < take; i++) {
            found.add(newestFirst.next());
        }
        return found.reversed();
    }

    /**
     * Waits until the ledger is known to stand beyond a position.
     *
     * @return false if the time was up first
     */
    public boolean awaitBeyond(long position, Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (head <= position) {
                if (left <= 0) {
                    return false;
                }
                left = grown.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Calls {@code listener}, which must be quick, whenever there is more. */
    public void onGrowth(Runnable listener) {
        listeners.add(listener);
    }
}
