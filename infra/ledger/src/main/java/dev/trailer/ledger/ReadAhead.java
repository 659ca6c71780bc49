package dev.trailer.ledger;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.ledger.Follower.Batch;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads the ledger in large steps, the next one already while the last is worked on. One thread. */
final class ReadAhead {
    /** Events in one step: enough that its transaction costs little, few enough that two fit into memory easily. */
    static final int SPAN = 10_000;

    private record Span(long after, long upTo, FutureTask<List<RecordedEvent>> events) {}

    private final LedgerReader reader;
    private final Predicate<String> concerned;
    private @Nullable Span next;

    ReadAhead(LedgerReader reader, Predicate<String> concerned) {
        this.reader = reader;
        this.concerned = concerned;
    }

    /** The step after a position; there must be one before {@code head}. */
    Batch after(long position, long head) throws Exception {
        var ahead = next;
        var span = ahead != null && ahead.after == position ? ahead : begin(position, head);
        next = span.upTo < head ? begin(span.upTo, head) : null;
        try {
            return new Batch(position, span.upTo, span.events.get());
        } catch (ExecutionException e) {
            next = null;
            throw e.getCause() instanceof Exception reason ? reason : e;
        }
    }

    private Span begin(long after, long head) {
        long upTo = Math.min(after + SPAN, head);
        var events = new FutureTask<>(() -> reader.between(after, upTo, concerned));
        Thread.ofVirtual().name("read-ahead").start(events);
        return new Span(after, upTo, events);
    }
}
