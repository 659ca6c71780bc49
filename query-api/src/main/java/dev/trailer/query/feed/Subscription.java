package dev.trailer.query.feed;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import reactor.core.publisher.MonoSink;

/**
 * One reader's way along the ledger. It is either free, when the {@link Pump} has it, or on its event loop with one chunk on
 * the way: nothing is read ahead of what its socket takes, so a slow reader lags and costs nothing else.
 */
final class Subscription {
    /** A chunk that took longer is followed by small ones, so that many slow readers hold little memory. */
    private static final Duration BRISK = Duration.ofSeconds(1);

    private final Audience audience;
    private final Outlet outlet;
    private final MonoSink<DataBuffer> response;
    private final Tally tally;
    private final CompletableFuture<@Nullable Void> left = new CompletableFuture<>();
    private volatile long position;
    private volatile long told;
    private volatile long writtenNanos = System.nanoTime();
    private volatile boolean careful = true;
    private volatile boolean over;

    /** @param response ended when the stream ends */
    Subscription(Audience audience, long position, Outlet outlet, MonoSink<DataBuffer> response, Tally tally) {
        this.audience = audience;
        this.position = position;
        this.told = position;
        this.outlet = outlet;
        this.response = response;
        this.tally = tally;
    }

    Outlet outlet() {
        return outlet;
    }

    Audience audience() {
        return audience;
    }

    Place place() {
        return new Place(audience, position, careful);
    }

    /** Nothing more is to be written. */
    boolean over() {
        return over;
    }

    /** Whether its last id is not the position that it stands at. */
    boolean untold() {
        return told != position;
    }

    long silentNanos(long now) {
        return now - writtenNanos;
    }

    /** By whoever has it while it is free: a chunk in which nothing is for it. */
    void pass(Chunk nothing) {
        position = nothing.to();
    }

    /**
     * On its event loop.
     *
     * @param free told when it can take the next
     */
    void take(Chunk chunk, Consumer<Subscription> free) {
        if (over) {
            return;
        }
        long begun = System.nanoTime();
        position = chunk.to();
        if (chunk.told() >= 0) {
            told = chunk.told();
        }
        writtenNanos = begun;
        outlet.write(chunk.bytes().retainedDuplicate(), () -> {
            careful = System.nanoTime() - begun > BRISK.toNanos();
            free.accept(this);
        });
    }

    /** Ends the answer with the reason. Any thread. */
    void end(Farewell why) {
        onLoop(why, () -> {
            outlet.write(Blocks.buffer(Blocks.end(why, at())), () -> {});
            response.success();
        });
    }

    /** Closes the connection, with the reason if it still takes that. Any thread. */
    void cut(Farewell why) {
        onLoop(why, () -> outlet.cut(Blocks.buffer(Blocks.end(why, at()))));
    }

    /** Its answer has ended, in whichever way. Any thread. */
    void forget() {
        over = true;
        left.complete(null);
    }

    /** Completed by {@link #forget}. */
    CompletableFuture<@Nullable Void> left() {
        return left;
    }

    private void onLoop(Farewell why, Runnable last) {
        try {
            outlet.loop().execute(() -> {
                if (!over) {
                    over = true;
                    tally.end(why);
                    last.run();
                }
            });
        } catch (RejectedExecutionException e) {
            // Netty has ended, and the connection with it.
            forget();
        }
    }

    private StreamId at() {
        return new StreamId(position, audience.mark());
    }
}
