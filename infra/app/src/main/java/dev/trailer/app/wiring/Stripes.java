package dev.trailer.app.wiring;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Locks by aggregate: a fixed number of them, so that none is ever leaked, taken in order, so that nobody waits in a ring. */
final class Stripes {
    /** Far more than commands at work at once, so that strangers seldom share one. */
    private static final int COUNT = 2_048;
    /** Longer than a commit may take; beyond it something is badly stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ReentrantLock[] locks = new ReentrantLock[COUNT];

    Stripes() {
        for (int i = 0; i < COUNT; i++) {
            locks[i] = new ReentrantLock();
        }
    }

    /** Lets go of what it holds when closed; by the same thread. */
    record Held(List<ReentrantLock> locks) implements AutoCloseable {
        @Override
        public void close() {
            locks.reversed().forEach(ReentrantLock::unlock);
        }
    }

    /** @throws Refused with {@code contended} if others keep it for too long */
    Held hold(List<String> ids) {
        var indexes = ids.stream()
                .mapToInt(id -> Math.floorMod(id.hashCode(), COUNT))
                .distinct()
                .sorted()
                .toArray();
        var held = new ArrayList<ReentrantLock>(indexes.length);
        for (int index : indexes) {
            if (!take(locks[index])) {
                new Held(held).close();
                throw new Refused(new Reason.Contended());
            }
            held.add(locks[index]);
        }
        return new Held(held);
    }

    private static boolean take(ReentrantLock lock) {
        try {
            return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
