package dev.trailer.query.feed;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Where a stream's bytes leave: the channel itself, between the response's first bytes and its end, which Reactor Netty
 * writes. Its own way would take a publisher, a subscription and a promise for every chunk of every reader, and asks for many
 * chunks ahead of what the socket takes. On the channel's event loop, where not said otherwise.
 */
final class Outlet {
    private static final String HANDLER = "trailer-outlet";
    /** For the last word to one who took nothing: it leaves at once or not at all. */
    private static final Duration LAST_WORD = Duration.ofSeconds(1);

    private final Connection connection;
    /** Kept, as a channel that was closed forgets whose it was while its stream may still have to be ended. */
    private final EventLoop loop;

    private final Tally tally;
    private long onTheWay;

    private Outlet(Connection connection, Tally tally) {
        this.connection = connection;
        this.loop = connection.channel().eventLoop();
        this.tally = tally;
    }

    /** Any thread. */
    static Outlet of(ServerHttpRequest request, Tally tally) {
        if (ServerHttpRequestDecorator.getNativeRequest(request) instanceof HttpServerRequest netty) {
            var found = new Connection[1];
            netty.withConnection(connection -> found[0] = connection);
            return new Outlet(found[0], tally);
        }
        throw new IllegalStateException("streams need Reactor Netty");
    }

    /** Any thread. */
    EventLoop loop() {
        return loop;
    }

    /** Any thread. */
    @Nullable
    SocketAddress reader() {
        return channel().remoteAddress();
    }

    private Channel channel() {
        return connection.channel();
    }

    /** @param taken told on the event loop when the socket has taken all of it, never if it fails */
    void write(ByteBuf bytes, Runnable taken) {
        int size = bytes.readableBytes();
        onTheWay += size;
        tally.waiting(size);
        channel().writeAndFlush(bytes).addListener(written -> {
            onTheWay -= size;
            tally.waiting(-size);
            if (written.isSuccess()) {
                taken.run();
            }
        });
    }

    /**
     * Any thread, once.
     *
     * @param stuck told on the event loop when there was something to take and nothing of it was taken for {@code patience}
     */
    void watch(Duration patience, Runnable stuck) {
        connection.addHandlerLast(HANDLER, new Watch(patience, stuck));
    }

    /** The stream has ended, the connection may serve other requests. Any thread. */
    void free() {
        connection.removeHandler(HANDLER);
    }

    /** Closes the connection, in the middle of the answer, after a last word if there is room for it. */
    void cut(ByteBuf lastWord) {
        write(lastWord, this::close);
        var _ = loop().schedule(this::close, LAST_WORD.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void close() {
        var _ = channel().close();
    }

    private final class Watch extends IdleStateHandler {
        private final Runnable stuck;

        Watch(Duration patience, Runnable stuck) {
            // true: bytes that trickle out of one large write count as being taken.
            super(true, 0, patience.toMillis(), 0, TimeUnit.MILLISECONDS);
            this.stuck = stuck;
        }

        @Override
        protected void channelIdle(ChannelHandlerContext context, IdleStateEvent event) {
            if (onTheWay > 0) {
                stuck.run();
            }
        }
    }
}
