package dev.trailer.query.feed;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.Ledger;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.port.Growth;
import dev.trailer.query.port.Timeline;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** For tests: a ledger with a bell, which remembers behind which position it was last read. */
final class FakeFacts implements FactSource, Growth, Timeline {
    final Ledger ledger = new Ledger();
    final AtomicLong asked = new AtomicLong();
    /** How many of the newest events are in memory. */
    volatile int memory = 8_192;

    volatile String timeline = "install/first";
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
    public long known() {
        return ledger.head();
    }

    @Override
    public @Nullable List<RecordedEvent> remembered(long position, int limit) {
        return position < known() - memory ? null : after(position, limit);
    }

    @Override
    public String current() {
        return timeline;
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
