package dev.trailer.bench.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** In between an agent and its server: passes everything on and notes how long each heartbeat is, without its headers. */
public final class HeartbeatTap implements AutoCloseable {
    private static final String HEARTBEAT = "POST /agent/v1/heartbeat ";
    private static final String LENGTH = "content-length:";

    private final ServerSocket listening;
    private final URI server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final List<Integer> lengths = new CopyOnWriteArrayList<>();

    private HeartbeatTap(ServerSocket listening, URI server) {
        this.listening = listening;
        this.server = server;
    }

    public static HeartbeatTap before(URI server) throws IOException {
        var tap = new HeartbeatTap(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), server);
        Thread.ofVirtual().start(tap::accept);
        return tap;
    }

    /** Where the agent is to find the server. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    /** Of the bodies of all heartbeats so far, in bytes. */
    public List<Integer> lengths() {
        return List.copyOf(lengths);
    }

    private void accept() {
        try {
            while (true) {
                var agent = listening.accept();
                var behind = new Socket(server.getHost(), server.getPort());
                open.add(agent);
                open.add(behind);
                Thread.ofVirtual().start(() -> pass(agent, behind, this::requests));
                Thread.ofVirtual().start(() -> pass(behind, agent, InputStream::transferTo));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private interface Way {
        void copy(InputStream from, OutputStream to) throws IOException;
    }

    private void pass(Socket from, Socket to, Way way) {
        try (from;
                to) {
            way.copy(new BufferedInputStream(from.getInputStream()), to.getOutputStream());
        } catch (IOException e) {
            // One of them has hung up; so does the other now.
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Requests of agents have a length or no body. */
    private void requests(InputStream from, OutputStream to) throws IOException {
        while (true) {
            var head = head(from);
            if (head.isEmpty()) {
                return;
            }
            int length = head.lines()
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> line.startsWith(LENGTH))
                    .mapToInt(line ->
                            Integer.parseInt(line.substring(LENGTH.length()).strip()))
                    .sum();
            var body = from.readNBytes(length);
            to.write(head.getBytes(StandardCharsets.ISO_8859_1));
            to.write(body);
            to.flush();
            if (head.startsWith(HEARTBEAT)) {
                lengths.add(body.length);
            }
        }
    }

    /** With the empty line at its end; empty where there is no more. */
    private static String head(InputStream from) throws IOException {
        var head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 2) {
            int next = from.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            ends = next == '\n' ? ends + 1 : next == '\r' ? ends : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
