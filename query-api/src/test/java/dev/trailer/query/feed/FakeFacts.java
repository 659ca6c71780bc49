package dev.trailer.query.feed;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.Ledger;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.port.Growth;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** For tests: a ledger with a bell, which remembers behind which position it was last read. */
final class FakeFacts implements FactSource, Growth {
    final Ledger ledger = new Ledger();
    final AtomicLong asked = new AtomicLong();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void record(DomainEvent event) {
        ledger.record(event);
        listeners.forEach(Runnable::run);
    }

    @Override
    public long head() {
        return ledger.head();
    }

    @Override
    public List<RecordedEvent> after(long position, int limit) {
        asked.accumulateAndGet(position, Math::max);
        return ledger.after(position, limit);
    }

    @Override
    public List<RecordedEvent> at(List<Long> positions) {
        return ledger.events().stream()
                .filter(event -> positions.contains(event.position()))
                .toList();
    }

    @Override
    public void onGrowth(Runnable listener) {
        listeners.add(listener);
    }
}
