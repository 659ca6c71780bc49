package dev.trailer.e2e.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;

/** What ends TLS before a server, as a proxy would, and passes on every byte as it comes. */
public final class TlsFront implements AutoCloseable {
    private static final int BUFFER_BYTES = 8_192;

    private final ServerSocket listening;
    private final URI server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param tls with the key and the certificate that it shows */
    public TlsFront(URI server, SSLContext tls) {
        this.server = server;
        try {
            listening = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("tls-front").start(this::accept);
    }

    public URI base() {
        return URI.create("https://localhost:" + listening.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                var agent = listening.accept();
                var behind = new Socket(server.getHost(), server.getPort());
                open.add(agent);
                open.add(behind);
                Thread.ofVirtual().start(() -> pass(agent, behind));
                Thread.ofVirtual().start(() -> pass(behind, agent));
            }
        } catch (IOException e) {
            // Closed.
            return;
        }
    }

    private void pass(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // One of them has hung up, or does not believe in the certificate; so does the other now.
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
