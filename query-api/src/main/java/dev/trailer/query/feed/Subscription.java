package dev.trailer.query.feed;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.query.port.FactSource;
import dev.trailer.query.view.ViewJson;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One reader's way along the ledger. Nothing is read ahead of what the outlet has room for: a slow reader lags and costs
 * nothing else. One thread at a time.
 */
final class Subscription {
    private static final int MAX_FACTS = 256;
    /** What one reader can make us hold, apart from a single larger fact. */
    private static final int MAX_BYTES = 65_536;

    private static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(15);
    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);
    /** Before a browser dials again. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");
    private static final Logger log = LoggerFactory.getLogger(Subscription.class);

    /** What all subscriptions share. */
    record Surroundings(FactSource facts, FactLines lines, Visibility visibility, Bell bell, BooleanSupplier closed) {}

    /** Who may see what; topics will join here. */
    @FunctionalInterface
    interface Visibility {
        boolean sees(Principal principal, RecordedEvent event);
    }

    /** Told when we cannot go on from where the reader was. */
    record Reset(String code, String message) {}

    private final Surroundings around;
    private final Principal principal;
    private final @Nullable String asked;
    private final Outlet outlet;
    private boolean begun;
    private volatile boolean ended;
    private long position;

    /** @param asked the position behind which to go on, as the reader sent it; null: begin at the present head */
    Subscription(Surroundings around, Principal principal, @Nullable String asked, Outlet outlet) {
        this.around = around;
        this.principal = principal;
        this.asked = asked;
        this.outlet = outlet;
    }

    boolean ended() {
        return ended;
    }

    /** By whoever knows that the reader is gone. Any thread. */
    void end() {
        ended = true;
    }

    private boolean over() {
        return ended || around.closed.getAsBoolean();
    }

    /**
     * What to send next: facts as soon as there are any, a heartbeat if there are none for a while. Blocks.
     *
     * @return null at the end
     */
    byte @Nullable [] next() {
        try {
            outlet.awaitRoom(this::over);
            var chunk = begun ? more() : begin();
            begun = true;
            if (chunk == null) {
                ended = true;
            } else {
                outlet.sent(chunk.length);
            }
            return chunk;
        } catch (InterruptedException e) {
            // The reader went away.
            ended = true;
            return null;
        } catch (RuntimeException e) {
            // Ended honestly: the reader comes back and goes on where it was, when we can read again.
            log.warn("a stream ends after position {}: {}", position, e.toString());
            ended = true;
            return null;
        }
    }

    private byte[] begin() {
        // Asked of the database: what this server has not heard of yet, another one may have acknowledged.
        long head = around.facts.head();
        var retry = "retry: " + RETRY.toMillis() + "\n";
        if (asked == null) {
            position = head;
            // A block without data is no event, but tells where to go on if the stream is cut before the first fact.
            return (retry + "id: " + head + "\n\n").getBytes(StandardCharsets.UTF_8);
        }
        var reset = unfit(asked, head);
        if (reset == null) {
            position = Long.parseLong(asked);
            return (retry + "\n").getBytes(StandardCharsets.UTF_8);
        }
        position = head;
        return FactLines.block(head, "reset", ViewJson.MAPPER.writeValueAsString(reset));
    }

    private static @Nullable Reset unfit(String asked, long head) {
        if (!POSITION.matcher(asked).matches()) {
            return new Reset("malformed_position", "The position is not one of ours. Read everything again.");
        }
        if (Long.parseLong(asked) > head) {
            return new Reset(
                    "unknown_position",
                    "The ledger has not come to that position: it was restored from a backup. Read everything again.");
        }
        return null;
    }

    private byte @Nullable [] more() throws InterruptedException {
        long until = System.nanoTime() + HEARTBEAT_INTERVAL.toNanos();
        while (!over()) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                return HEARTBEAT;
            }
            long heard = around.bell.strokes();
            var chunk = read();
            if (chunk == null) {
                around.bell.awaitBeyond(heard, left);
            } else if (chunk.length > 0) {
                return chunk;
            }
        }
        return null;
    }

    /** @return null if there is nothing new; empty if nothing of it may be seen */
    private byte @Nullable [] read() {
        var events = around.facts.after(position, MAX_FACTS);
        if (events.isEmpty()) {
            return null;
        }
        var chunk = new ByteArrayOutputStream(4_096);
        for (var event : events) {
            if (around.visibility.sees(principal, event)) {
                var line = around.lines.of(event);
                if (chunk.size() > 0 && chunk.size() + line.length > MAX_BYTES) {
                    break;
                }
                chunk.writeBytes(line);
            }
            position = event.position();
        }
        return chunk.toByteArray();
    }
}
