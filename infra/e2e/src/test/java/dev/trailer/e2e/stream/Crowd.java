package dev.trailer.e2e.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Readers that ask for everything and take nothing. */
final class Crowd implements AutoCloseable {
    private static final int RECEIVE_BYTES = 8_192;

    private final List<Socket> sockets = new ArrayList<>();

    Crowd(int count, int port, String token) throws IOException {
        for (int i = 0; i < count; i++) {
            var socket = new Socket();
            sockets.add(socket);
            socket.setReceiveBufferSize(RECEIVE_BYTES);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            // Each from a place of its own, so that they share nothing.
            var request = "GET /api/v1/stream?after=" + i + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                    + token + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }
}
