package dev.trailer.query.feed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Where a stream's bytes leave. Reactor Netty asks for many chunks ahead of what the socket takes, so what is on its way is
 * counted here, at the channel. Cuts a reader that takes nothing for {@link #PATIENCE}: heartbeats make sure that there is
 * always something to take; one that takes bytes, however few, only lags. Any thread.
 */
final class Outlet {
    /** On its way to one reader at a time: two chunks, so that the next is ready when the first is taken. */
    private static final int WINDOW_BYTES = 131_072;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration RECHECK = Duration.ofSeconds(1);
    private static final String HANDLER = "trailer-outlet";
    private static final Logger log = LoggerFactory.getLogger(Outlet.class);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition taken = lock.newCondition();
    private final boolean counted;
    private long onTheWay;

    private Outlet(boolean counted) {
        this.counted = counted;
    }

    /** On a server other than Netty nothing is counted: the publisher's own demand must do. */
    static Outlet of(ServerHttpRequest request) {
        if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty) {
            var outlet = new Outlet(true);
            netty.withConnection(connection -> connection.addHandlerLast(HANDLER, outlet.new Meter()));
            return outlet;
        }
        return unmetered();
    }

    static Outlet unmetered() {
        return new Outlet(false);
    }

    /** The stream has ended, the connection may serve other requests. */
    static void free(ServerHttpRequest request) {
        if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty) {
            netty.withConnection((Connection connection) -> connection.removeHandler(HANDLER));
        }
    }

    /** Waits until little enough is on its way, or {@code over} says that it does not matter any more. */
    void awaitRoom(BooleanSupplier over) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (counted && onTheWay >= WINDOW_BYTES && !over.getAsBoolean()) {
                taken.awaitNanos(RECHECK.toNanos());
            }
        } finally {
            lock.unlock();
        }
    }

    void sent(int bytes) {
        count(bytes);
    }

    private void count(long bytes) {
        lock.lock();
        try {
            onTheWay += bytes;
            taken.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private final class Meter extends IdleStateHandler {
        Meter() {
            // true: bytes that trickle out of one large write count as being taken.
            super(true, 0, PATIENCE.toSeconds(), 0, TimeUnit.SECONDS);
        }

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
            int bytes =
                    switch (message) {
                        case ByteBuf buffer -> buffer.readableBytes();
                        case ByteBufHolder holder -> holder.content().readableBytes();
                        default -> 0;
                    };
            var known = promise.unvoid();
            if (bytes > 0) {
                known.addListener(_ -> count(-bytes));
            }
            super.write(context, message, known);
        }

        @Override
        protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
            log.info("cut {}: took nothing for {}", context.channel().remoteAddress(), PATIENCE);
            var _ = context.close();
        }
    }
}
