package dev.trailer.query.history;

import dev.trailer.query.port.AuditTrail;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A trail of any length, one piece for each position; counts what is open and what was taken. */
public final class FakeTrail implements AuditTrail {
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger taken = new AtomicInteger();
    private final long head;

    public FakeTrail(long head) {
        this.head = head;
    }

    @Override
    public Verdict verify() {
        return new Verdict(true, head, head, null, null, new Checkpoints(0, 0, 0, null, List.of()));
    }

    @Override
    public Export export() {
        open.incrementAndGet();
        return new Export() {
            private long next;
            private long last;

            @Override
            public long head() {
                return head;
            }

            @Override
            public void begin(long from, long to) {
                next = from;
                last = to;
            }

            @Override
            public byte @Nullable [] next() {
                if (next > last) {
                    return null;
                }
                taken.incrementAndGet();
                return (next++ + "\n").getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}
