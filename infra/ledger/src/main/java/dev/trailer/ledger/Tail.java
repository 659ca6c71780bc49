package dev.trailer.ledger;

import dev.trailer.domain.facts.RecordedEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest events in memory, already decoded, so that views and streams need not each read what was just written, and
 * the bell that rings when there are more. Filled by this server's committer; where other servers wrote in between, {@link
 * HeadWatch} reads once for all what is missing here. Any thread.
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
            if (last == null || last.position() + 1 == events.getFirst().position()) {
                add(events);
            }
            // Else another server wrote in between; what is kept here must have no gap.
            head = Math.max(head, events.getLast().position());
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    /** By the watch, which has read what is missing here: those that go on from the last are kept. */
    void filled(List<RecordedEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            var last = recent.peekLast();
            long kept = last == null ? events.getFirst().position() - 1 : last.position();
            var beyond =
                    events.stream().dropWhile(event -> event.position() <= kept).toList();
            if (!beyond.isEmpty() && beyond.getFirst().position() == kept + 1) {
                add(beyond);
            }
            head = Math.max(head, events.getLast().position());
            grown.signalAll();
        } finally {
            lock.unlock();
        }
        listeners.forEach(Runnable::run);
    }

    private void add(List<RecordedEvent> events) {
        recent.addAll(events);
        while (recent.size() > CAPACITY) {
            recent.removeFirst();
        }
    }

    /**
     * Behind which position events are missing here though the ledger stands at {@code position}; -1 if none are. What is
     * further behind than the memory reaches stays missing: whoever wants that reads the database anyway.
     */
    long missingBehind(long position) {
        lock.lock();
        try {
            var last = recent.peekLast();
            if (last == null || position - last.position() > CAPACITY) {
                recent.clear();
                // The last one alone, to go on from; -1 where there is none.
                return position - 1;
            }
            return last.position() < position ? last.position() : -1;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until what is in memory ends before the head that is known, at most for {@code patience}. */
    void awaitGap(Duration patience) throws InterruptedException {
        long left = patience.toNanos();
        lock.lockInterruptibly();
        try {
            while (left > 0 && !gap()) {
                left = grown.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean gap() {
        var last = recent.peekLast();
        return head > 0 && (last == null || last.position() < head);
    }

    /** Forgets everything: the ledger is another one, restored, and stands at a position that may be lower. */
    void restart(long position) {
        lock.lock();
        try {
            recent.clear();
            head = position;
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
        var known = remembered(position, limit);
        return known == null ? reader.after(position, limit) : known;
    }

    /** The same without asking the database: null if they are not all in memory. */
    public @Nullable List<RecordedEvent> remembered(long position, int limit) {
        lock.lock();
        try {
            if (position >= head) {
                return List.of();
            }
            var first = recent.peekFirst();
            var last = recent.peekLast();
            if (first == null || last == null || first.position() > position + 1 || last.position() <= position) {
                return null;
            }
            return slice(position, Math.min(limit, (int) (last.position() - position)), last.position());
        } finally {
            lock.unlock();
        }
    }

    private List<RecordedEvent> slice(long position, int take, long last) {
        var found = new ArrayList<RecordedEvent>(take);
        var newestFirst = recent.descendingIterator();
        for (long skip = last - position - take; skip > 0; skip--) {
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
