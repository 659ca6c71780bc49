package dev.trailer.e2e.faults.load;

import dev.trailer.e2e.process.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** All that was asked and answered; and what no server may ever answer. Any thread. */
public final class History {
    /** The longest that anybody is kept waiting, whatever has failed: a pool's patience, a connection's of 30 s, and some. */
    public static final Duration LONGEST_ANSWER = Duration.ofSeconds(37);

    /** Beyond it more of the same says nothing more. */
    private static final int MAX_WRONGS = 20;

    private final Queue<Asked> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> wrongs = new ConcurrentLinkedQueue<>();
    private final AtomicLong asked = new AtomicLong();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong unavailable = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private volatile boolean serverMayGo;

    /** While it is on, a server that does not answer is dead or paused and no wonder; else it is a hang. */
    public void serverMayGo(boolean on) {
        serverMayGo = on;
    }

    /** A change and its answer. */
    public void note(Asked change) {
        note(change.answer());
        if (change.acknowledged()) {
            acknowledged.add(change);
            done.incrementAndGet();
        }
    }

    /** Any answer. */
    public void note(Answer answer) {
        asked.incrementAndGet();
        if (!answer.answered()) {
            if (!serverMayGo) {
                wrong("no answer: " + answer);
            }
            return;
        }
        answered.incrementAndGet();
        if (answer.isProblem("ledger_unavailable") && answer.status() == 503) {
            unavailable.incrementAndGet();
        } else if (answer.status() >= 500 || answer.status() == 401 || answer.status() == 403) {
            wrong("an answer that nobody may get: " + answer);
        }
        if (!serverMayGo && answer.took().compareTo(LONGEST_ANSWER) > 0) {
            wrong("later than " + LONGEST_ANSWER + ": " + answer);
        }
    }

    public void wrong(String what) {
        if (wrongs.size() < MAX_WRONGS) {
            wrongs.add(what);
        }
    }

    /** What should never have been answered, so far. */
    public List<String> wrongs() {
        return List.copyOf(wrongs);
    }

    /** Acknowledged changes that were not taken before. */
    public List<Asked> takeAcknowledged() {
        var taken = new ArrayList<Asked>();
        for (var next = acknowledged.poll(); next != null; next = acknowledged.poll()) {
            taken.add(next);
        }
        return taken;
    }

    /** Changes acknowledged in all. */
    public long done() {
        return done.get();
    }

    /** Requests that nobody answered. */
    long unanswered() {
        return asked.get() - answered.get();
    }

    /** Requests answered with "unavailable". */
    public long unavailable() {
        return unavailable.get();
    }

    @Override
    public String toString() {
        return asked + " asked, " + answered + " answered, " + done + " changes acknowledged, " + unavailable
                + " told unavailable";
    }
}
