package dev.trailer.query.feed;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.facts.FactReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What subjects are called, remembered for a moment: most facts come from few busy things, and a question to the database
 * for each would be what the stream waits for. Any thread.
 */
final class RecentNames implements FactReader.Names {
    /** How long a fact may show the name of before a renaming, where this server did not hear of that. */
    private static final Duration REMEMBERED = Duration.ofSeconds(5);

    private static final int MAX_REMEMBERED = 4_096;
    /** A database that takes longer is not asked again for a while: all streams would wait for what only decorates. */
    private static final Duration SLOW = Duration.ofMillis(250);

    private record Known(String name, long position, long sinceNanos) {}

    private final FactReader.Names source;
    private final LongSupplier nanos;
    private volatile long askAgainNanos;
    private final Map<String, Known> recent = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** @param nanos a clock such as {@link System#nanoTime} */
    RecentNames(FactReader.Names source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
        this.askAgainNanos = nanos.getAsLong();
    }

    @Override
    public @Nullable String of(RecordedEvent event) {
        var id = event.subject().id();
        long now = nanos.getAsLong();
        boolean slow = now - askAgainNanos < 0;
        synchronized (recent) {
            var known = recent.get(id);
            if (known != null && (slow || now - known.sinceNanos < REMEMBERED.toNanos())) {
                return known.name;
            }
        }
        if (slow) {
            return null;
        }
        var found = source.of(event);
        long then = nanos.getAsLong();
        if (then - now > SLOW.toNanos()) {
            askAgainNanos = then + REMEMBERED.toNanos();
        }
        if (found != null) {
            keep(id, found, event.position());
        }
        return found;
    }

    @Override
    public void heard(RecordedEvent event, String name) {
        keep(event.subject().id(), name, event.position());
    }

    /** A slow reader's old facts must not bring back old names. */
    private void keep(String id, String name, long position) {
        synchronized (recent) {
            var known = recent.get(id);
            if (known == null || known.position <= position) {
                recent.put(id, new Known(name, position, nanos.getAsLong()));
            }
        }
    }
}
