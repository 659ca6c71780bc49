package dev.trailer.query.feed;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** What is counted over all streams. Any thread. */
final class Tally {
    private final LongAdder waitingBytes = new LongAdder();
    private final Map<Farewell, LongAdder> ended = new EnumMap<>(Farewell.class);

    Tally() {
        for (var why : Farewell.values()) {
            ended.put(why, new LongAdder());
        }
    }

    void waiting(long bytes) {
        waitingBytes.add(bytes);
    }

    long waitingBytes() {
        return waitingBytes.sum();
    }

    void end(Farewell why) {
        of(why).increment();
    }

    long ended(Farewell why) {
        return of(why).sum();
    }

    private LongAdder of(Farewell why) {
        return Objects.requireNonNull(ended.get(why));
    }
}
