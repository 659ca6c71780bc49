package dev.trailer.query.feed;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.facts.FactReader;
import dev.trailer.query.view.ViewJson;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Facts as lines of an event stream; made once for all readers that are near the head. Any thread. */
final class FactLines {
    /** Some seconds of full load; a power of two. */
    private static final int REMEMBERED = 2_048;
    /** Longer ones are made again for each reader: all that is remembered stays within 8 MiB. */
    private static final int MAX_REMEMBERED_BYTES = 4_096;

    private record Line(long position, byte[] bytes) {}

    private final FactReader reader;
    private final AtomicReferenceArray<Line> recent = new AtomicReferenceArray<>(REMEMBERED);

    FactLines(FactReader reader) {
        this.reader = reader;
    }

    byte[] of(RecordedEvent event) {
        int slot = (int) (event.position() & (REMEMBERED - 1));
        var known = recent.get(slot);
        if (known != null && known.position == event.position()) {
            return known.bytes;
        }
        // JSON as written here has no line breaks, so one data line holds it.
        var bytes = block(event.position(), "fact", ViewJson.MAPPER.writeValueAsString(reader.view(event)));
        if (bytes.length <= MAX_REMEMBERED_BYTES) {
            recent.set(slot, new Line(event.position(), bytes));
        }
        return bytes;
    }

    static byte[] block(long position, String event, String json) {
        return ("id: " + position + "\nevent: " + event + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
