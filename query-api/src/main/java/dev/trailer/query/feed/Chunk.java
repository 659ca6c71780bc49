package dev.trailer.query.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;

/**
 * Bytes that lead readers from one position to the next, shared by all who take them and counted: who holds one has
 * retained it, and releases it once.
 *
 * @param to the position behind it
 * @param told the last id in it, -1 if there is none
 */
record Chunk(long to, long told, ByteBuf bytes) {
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    /** Keeps the connection alive where nothing is to be told. */
    static Chunk heartbeat(long position) {
        return new Chunk(position, -1, Unpooled.wrappedBuffer(HEARTBEAT));
    }

    /** Tells how far a reader is to whom nothing was shown on the way: a block without data moves its id only. */
    static Chunk progress(StreamId id) {
        return new Chunk(id.position(), id.position(), Blocks.buffer("id: " + id + "\n\n"));
    }

    boolean isEmpty() {
        return !bytes.isReadable();
    }

    Chunk retain() {
        bytes.retain();
        return this;
    }

    void release() {
        bytes.release();
    }
}
