package dev.trailer.query.feed;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.facts.FactReader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Facts as blocks of an event stream; made once for all audiences that are near the head. Any thread. */
final class FactLines {
    /** Some seconds of full load; a power of two. */
    private static final int REMEMBERED = 2_048;
    /** Longer ones are made again for each audience: all that is remembered stays within 8 MiB. */
    private static final int MAX_REMEMBERED_BYTES = 4_096;

    private record Line(long position, String mark, byte[] bytes) {}

    private final FactReader reader;
    private final RecentNames names;
    private final AtomicReferenceArray<Line> recent = new AtomicReferenceArray<>(REMEMBERED);

    FactLines(FactReader reader) {
        this.reader = reader;
        this.names = new RecentNames(reader::lastNameOf, System::nanoTime);
    }

    byte[] of(RecordedEvent event, String mark) {
        int slot = (int) (event.position() & (REMEMBERED - 1));
        var known = recent.get(slot);
        if (known != null && known.position == event.position() && known.mark.equals(mark)) {
            return known.bytes;
        }
        var id = new StreamId(event.position(), mark);
        var bytes = Blocks.block(id, "fact", reader.view(event, names)).getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= MAX_REMEMBERED_BYTES) {
            recent.set(slot, new Line(event.position(), mark, bytes));
        }
        return bytes;
    }
}
