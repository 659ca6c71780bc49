package dev.trailer.query.feed;

import dev.trailer.query.view.ViewJson;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;

/** The stream's blocks other than facts, as text of the event-stream format. */
final class Blocks {
    /** Before a reader dials again; drawn, so that those of a server that stopped do not all come at once. */
    private static final int MIN_RETRY_MILLIS = 1_000;

    private static final int MAX_RETRY_MILLIS = 3_000;

    private record Reset(String code, String message) {}

    private record End(String code, String message, String after, int retryMillis) {}

    private Blocks() {}

    /** A block without data is no event, but tells where to go on if the stream is cut before the first fact. */
    static String beginAt(StreamId head) {
        return "retry: " + retry() + "\nid: " + head + "\n\n";
    }

    static String goOn() {
        return "retry: " + retry() + "\n\n";
    }

    static String reset(StreamId head, String code, String message) {
        return "retry: " + retry() + "\n" + block(head, "reset", new Reset(code, message));
    }

    static String end(Farewell why, StreamId after) {
        int retry = retry();
        return "retry: " + retry + "\n"
                + block(after, "end", new End(why.code(), why.message(), after.toString(), retry));
    }

    /** JSON as written here has no line breaks, so one data line holds it. */
    static String block(StreamId id, String event, Object document) {
        return "id: " + id + "\nevent: " + event + "\ndata: " + ViewJson.MAPPER.writeValueAsString(document) + "\n\n";
    }

    static ByteBuf buffer(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static int retry() {
        return ThreadLocalRandom.current().nextInt(MIN_RETRY_MILLIS, MAX_RETRY_MILLIS + 1);
    }
}
