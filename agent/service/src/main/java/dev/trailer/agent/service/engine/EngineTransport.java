package dev.trailer.agent.service.engine;

import com.github.dockerjava.transport.DockerHttpClient;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * HTTP to an engine: a connection for each call, which costs a tenth of a millisecond over a Unix socket, so there is no pool with
 * connections in it that an engine's restart has spoiled. Docker's own client library brings a transport that hangs with an engine
 * over Unix sockets, and weighs more than the rest of an agent. A call waits until it is interrupted: see {@link Bounded}. Safe for many
 * threads.
 */
final class EngineTransport implements DockerHttpClient {
    private static final int BUFFER_BYTES = 8_192;
    private static final int REFUSED = 300;
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final EngineAddress address;
    private final Duration connect;
    private final Semaphore places;

    /**
     * @param connect for being connected
     * @param most connections at once; a call waits for one as long as for being connected
     */
    EngineTransport(EngineAddress address, Duration connect, int most) {
        this.address = address;
        this.connect = connect;
        this.places = new Semaphore(most);
    }

    @Override
    public Response execute(Request request) {
        try {
            var link = connected();
            try {
                send(request, link);
                var answer = EngineAnswer.read(link, new BufferedInputStream(link.in(), BUFFER_BYTES), request);
                var input = request.hijackedInput();
                // Not before the answer: an engine that takes the connection over drops what came too early.
                if (input != null && answer.getStatusCode() < REFUSED) {
                    Thread.ofVirtual().name("engine-input").start(() -> pass(input, link));
                }
                return answer;
            } catch (IOException | RuntimeException | Error e) {
                link.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EngineLink connected() throws IOException {
        try {
            if (!places.tryAcquire(connect.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new SocketTimeoutException("too many calls to the engine at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        try {
            return EngineLink.open(address, connect, places::release);
        } catch (IOException | RuntimeException | Error e) {
            places.release();
            throw e;
        }
    }

    /** How many more calls could be made now. */
    int free() {
        return places.availablePermits();
    }

    private static void send(Request request, EngineLink link) throws IOException {
        var out = new BufferedOutputStream(link.out(), BUFFER_BYTES);
        out.write(head(request).getBytes(StandardCharsets.UTF_8));
        var bytes = request.bodyBytes();
        var body = request.body();
        if (bytes != null) {
            out.write(bytes);
        } else if (body != null) {
            chunks(body, out);
        }
        out.flush();
    }

    private static String head(Request request) {
        var head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.path()).append(" HTTP/1.1\r\nHost: engine\r\n");
        request.headers().forEach((name, value) -> line(head, name, value));
        if (request.hijackedInput() != null) {
            line(head, "Connection", "Upgrade");
            line(head, "Upgrade", "tcp");
        } else {
            line(head, "Connection", "close");
        }
        if (request.bodyBytes() != null) {
            line(head, "Content-Length", Integer.toString(request.bodyBytes().length));
        } else if (request.body() != null) {
            line(head, "Transfer-Encoding", "chunked");
        } else if (WITH_BODY.contains(request.method())) {
            line(head, "Content-Length", "0");
        }
        return head.append("\r\n").toString();
    }

    private static void line(StringBuilder head, String name, String value) {
        if (value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0) {
            throw new EngineException("refused: a header of several lines");
        }
        head.append(name).append(": ").append(value).append("\r\n");
    }

    private static void chunks(InputStream body, OutputStream out) throws IOException {
        var buffer = new byte[BUFFER_BYTES];
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            if (read > 0) {
                out.write((Integer.toHexString(read) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(buffer, 0, read);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** What is typed into a process, until it or the typing ends. */
    private static void pass(InputStream input, EngineLink link) {
        try {
            var buffer = new byte[BUFFER_BYTES];
            for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
                link.out().write(buffer, 0, read);
            }
            link.endOutput();
        } catch (IOException e) {
            // The other side has hung up: whoever reads is told the same.
            return;
        }
    }

    @Override
    public void close() {
        // Connections are their calls'.
    }
}
