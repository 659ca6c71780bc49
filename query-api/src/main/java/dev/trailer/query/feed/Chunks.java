package dev.trailer.query.feed;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.port.FactSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Facts behind a place, encoded once for all readers that come by there. What it gives has been retained for the caller.
 * Any thread.
 */
final class Chunks implements AutoCloseable {
    /** Chunks end where a multiple of this does, so that readers who began at different places soon share them. */
    static final int SPAN = 128;
    /** Of the facts that are read for a choosy audience most may pass it by. */
    private static final int CHOOSY_SPAN = 1_024;
    /** What one reader can make us hold, apart from a single larger fact. */
    private static final int MAX_BYTES = 131_072;
    /** The same for one that took long over the last. */
    private static final int CAREFUL_BYTES = 8_192;
    /** Kept for readers who come by later; outside of the heap. */
    private static final int MAX_KEPT_BYTES = 8_388_608;

    private final FactSource facts;
    private final FactLines lines;
    private final LinkedHashMap<Place, Chunk> kept = new LinkedHashMap<>();
    private long keptBytes;
    private boolean closed;

    Chunks(FactSource facts, FactLines lines) {
        this.facts = facts;
        this.lines = lines;
    }

    /** Without asking the database for events; null where they are not in memory. */
    @Nullable
    Chunk near(Place place) {
        var known = known(place);
        if (known != null) {
            return known;
        }
        var events = facts.remembered(place.position(), reach(place));
        return events == null ? null : keep(place, encode(place, events));
    }

    /** Blocks on the database. */
    Chunk read(Place place) {
        var known = known(place);
        return known != null ? known : keep(place, encode(place, facts.after(place.position(), reach(place))));
    }

    private static int reach(Place place) {
        int span = place.audience().choosy() ? CHOOSY_SPAN : SPAN;
        return span - (int) (place.position() % span);
    }

    private Chunk encode(Place place, List<RecordedEvent> events) {
        int limit = place.careful() ? CAREFUL_BYTES : MAX_BYTES;
        var audience = place.audience();
        var blocks = new ArrayList<byte[]>();
        int size = 0;
        long to = place.position();
        long told = -1;
        for (var event : events) {
            if (audience.sees(event)) {
                var line = lines.of(event, audience.mark());
                if (size > 0 && size + line.length > limit) {
                    break;
                }
                blocks.add(line);
                size += line.length;
                told = event.position();
            }
            to = event.position();
        }
        return new Chunk(to, told, joined(blocks, size));
    }

    /** Direct, so that a socket takes it as it is, however many sockets there are. */
    private static ByteBuf joined(List<byte[]> blocks, int size) {
        var bytes = Unpooled.directBuffer(size, size);
        blocks.forEach(bytes::writeBytes);
        return bytes;
    }

    private synchronized @Nullable Chunk known(Place place) {
        var chunk = kept.get(place);
        return chunk == null ? null : chunk.retain();
    }

    private synchronized Chunk keep(Place place, Chunk chunk) {
        if (closed || chunk.isEmpty() || kept.containsKey(place)) {
            return chunk;
        }
        kept.put(place, chunk.retain());
        keptBytes += chunk.bytes().capacity();
        var oldest = kept.values().iterator();
        while (keptBytes > MAX_KEPT_BYTES) {
            var dropped = oldest.next();
            oldest.remove();
            keptBytes -= dropped.bytes().capacity();
            dropped.release();
        }
        return chunk;
    }

    @Override
    public synchronized void close() {
        closed = true;
        kept.values().forEach(Chunk::release);
        kept.clear();
        keptBytes = 0;
    }
}
