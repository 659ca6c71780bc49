package dev.trailer.agent.service.engine;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * One connection to an engine. Once connected it knows no time limits: who calls has them, and gives up by interrupting ({@link
 * Bounded}) or by closing, both of which end whatever waits here.
 */
final class EngineLink implements Closeable {
    private final Closeable socket;
    private final HalfClose halfClose;
    private final InputStream in;
    private final OutputStream out;
    private final Runnable ended;
    private final AtomicBoolean closed = new AtomicBoolean();

    private interface HalfClose {
        void output() throws IOException;
    }

    private EngineLink(Closeable socket, HalfClose halfClose, InputStream in, OutputStream out, Runnable ended) {
        this.socket = socket;
        this.halfClose = halfClose;
        this.in = in;
        this.out = out;
        this.ended = ended;
    }

    /** @param ended called once, when it is closed */
    static EngineLink open(EngineAddress address, Duration connect, Runnable ended) throws IOException {
        return switch (address) {
            case EngineAddress.Unix unix -> {
                // An engine that hangs takes no connections any more once its queue is full; this call knows no limit
                // of its own.
                var channel =
                        Bounded.within(connect, () -> SocketChannel.open(UnixDomainSocketAddress.of(unix.socket())));
                yield new EngineLink(
                        channel,
                        channel::shutdownOutput,
                        Channels.newInputStream(channel),
                        Channels.newOutputStream(channel),
                        ended);
            }
            case EngineAddress.Tcp tcp -> open(tcp, connect, ended);
        };
    }

    private static EngineLink open(EngineAddress.Tcp tcp, Duration connect, Runnable ended) throws IOException {
        var plain = new Socket();
        try {
            plain.connect(new InetSocketAddress(tcp.host(), tcp.port()), Math.toIntExact(connect.toMillis()));
            plain.setTcpNoDelay(true);
            SSLContext tls = tcp.tls();
            Socket socket = tls == null ? plain : secured(tls, plain, tcp, connect);
            return new EngineLink(
                    socket, socket::shutdownOutput, socket.getInputStream(), socket.getOutputStream(), ended);
        } catch (IOException | RuntimeException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket secured(SSLContext tls, Socket plain, EngineAddress.Tcp tcp, Duration connect)
            throws IOException {
        plain.setSoTimeout(Math.toIntExact(connect.toMillis()));
        var secured = (SSLSocket) tls.getSocketFactory().createSocket(plain, tcp.host(), tcp.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        plain.setSoTimeout(0);
        return secured;
    }

    InputStream in() {
        return in;
    }

    OutputStream out() {
        return out;
    }

    void endOutput() throws IOException {
        halfClose.output();
    }

    /** From any thread. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try (socket) {
                ended.run();
            } catch (IOException e) {
                // It is of no use any more either way.
                return;
            }
        }
    }
}
