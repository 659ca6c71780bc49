package dev.trailer.e2e.stream;

import dev.trailer.e2e.process.Answer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Follows the stream over a bare socket as a browser does, whatever happens: dials again, on any of the servers, and goes on
 * behind the last id that it was given. Notes everything that a stream must never do. Its own thread runs it; others ask.
 */
final class Reader implements Runnable {
    /** Facts after which it hangs up by itself, at most. */
    private static final int LONGEST_STAY = 5_000;
    /** Longer than a server may be silent, or is paused. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private static final Duration BEFORE_DIALLING = Duration.ofMillis(100);
    private static final int RECEIVE_BYTES = 8_192;

    private final String name;
    private final Wish wish;
    private final boolean slow;
    private final List<Integer> ports;
    private final String token;
    private final Random random;
    private final CountDownLatch hurry = new CountDownLatch(1);
    private final CountDownLatch enough = new CountDownLatch(1);
    private final List<Told> told = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private String lastId = "0";
    private int dialled;
    private int cutAsSlow;

    /** @param slow takes one byte a second until it is told to hurry */
    Reader(String name, Wish wish, boolean slow, List<Integer> ports, String token, long seed) {
        this.name = name;
        this.wish = wish;
        this.slow = slow;
        this.ports = ports;
        this.token = token;
        this.random = new Random(seed);
    }

    // ---- for others ----

    void hurry() {
        hurry.countDown();
    }

    void stop() {
        enough.countDown();
    }

    /** How far it has come, also over what it did not ask for. */
    synchronized long position() {
        var digits = lastId.indexOf('-');
        return Long.parseLong(digits < 0 ? lastId : lastId.substring(0, digits));
    }

    synchronized String lastId() {
        return lastId;
    }

    synchronized List<Told> told() {
        return List.copyOf(told);
    }

    synchronized List<String> wrong() {
        return List.copyOf(wrong);
    }

    Wish wish() {
        return wish;
    }

    @Override
    public synchronized String toString() {
        return name + ": " + told.size() + " facts, dialled " + dialled + " times, " + cutAsSlow
                + " times cut as too slow";
    }

    // ---- its own ----

    @Override
    public void run() {
        try {
            while (enough.getCount() > 0) {
                connect();
                var _ = enough.await(BEFORE_DIALLING.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection, until it ends or is ended here. */
    private void connect() throws InterruptedException {
        try (var socket = new Socket()) {
            boolean crawls = slow && hurry.getCount() > 0;
            if (crawls) {
                socket.setReceiveBufferSize(RECEIVE_BYTES);
            }
            int port = ports.get(random.nextInt(ports.size()));
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.setSoTimeout(Math.toIntExact(SILENCE.toMillis()));
            socket.getOutputStream().write(request().getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedInputStream(socket.getInputStream(), crawls ? 1 : RECEIVE_BYTES);
            if (accepted(line(in))) {
                follow(in, 1 + random.nextInt(LONGEST_STAY));
            }
        } catch (IOException e) {
            // Cut off, or nobody there: the next one goes on.
        }
    }

    private synchronized String request() {
        dialled++;
        var resume = dialled == 1 ? "" : "Last-Event-ID: " + lastId + "\r\n";
        return "GET /api/v1/stream?after=0" + wish.topics() + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + token + "\r\n" + resume + "\r\n";
    }

    private boolean accepted(String status) {
        if (!status.contains(" 200") && !status.contains(" 503")) {
            wrong("is answered " + status);
        }
        return status.contains(" 200");
    }

    /** Chunks of the answer hold whole blocks, so the lines between them are none of the stream's and say nothing. */
    private void follow(InputStream in, int stay) throws IOException, InterruptedException {
        var id = "";
        var event = "";
        var data = "";
        int facts = 0;
        while (facts < stay && enough.getCount() > 0) {
            var line = line(in);
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty()) {
                if (!id.isEmpty()) {
                    take(id, event, data);
                    facts++;
                }
                id = "";
                event = "";
                data = "";
            }
        }
    }

    private synchronized void take(String id, String event, String data) {
        lastId = id;
        switch (event) {
            case "" -> {
                // Only tells how far we are.
            }
            case "fact" -> {
                var fact = Answer.JSON.readTree(data);
                long position = fact.path("position").asLong();
                if (!told.isEmpty() && told.getLast().position() >= position) {
                    wrong("is told " + position + " after " + told.getLast().position());
                }
                if (!id.startsWith(position + "-")) {
                    wrong("is told fact " + position + " by the id " + id);
                }
                told.add(new Told(position, fact.path("id").asString("").hashCode()));
            }
            case "end" -> cutAsSlow += data.contains("\"too_slow\"") ? 1 : 0;
            default -> wrong("is told " + event + " " + id + " " + data);
        }
    }

    private synchronized void wrong(String what) {
        if (wrong.size() < 10) {
            wrong.add(name + " " + what);
        }
    }

    private String line(InputStream in) throws IOException, InterruptedException {
        var bytes = new ByteArrayOutputStream(512);
        while (true) {
            if (slow && hurry.getCount() > 0) {
                var _ = hurry.await(1, TimeUnit.SECONDS);
            }
            int next = in.read();
            if (next < 0) {
                throw new IOException("the stream has ended");
            }
            if (next == '\n') {
                return bytes.toString(StandardCharsets.UTF_8).stripTrailing();
            }
            bytes.write(next);
        }
    }
}
