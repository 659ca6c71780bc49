package dev.trailer.bench.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A program: many readers of one event stream, on one thread, who count bytes and look at nothing but the last position among the
 * latest ones. Told {@code count}, it begins anew and answers {@code counting}; told {@code until POSITION}, it answers {@code BYTES
 * NANOS} once all have come so far: of all together, from the first byte to the last.
 */
public final class Readers {
    private static final int BUFFER_BYTES = 262_144;
    /** Longer than a fact and what a server may say behind it. */
    private static final int TAIL_BYTES = 4_096;
    /** How long an order may lie while nothing comes to be read. */
    private static final long LOOK_MILLIS = 20;

    private static final String ID = "\nid: ";

    private static final class Reader {
        private final byte[] tail = new byte[TAIL_BYTES];
        private int tailLength;
        private boolean greeted;
        private long position;
    }

    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final List<Reader> readers = new ArrayList<>();
    private final Queue<String> orders = new ConcurrentLinkedQueue<>();
    private int greeted;
    private long until = Long.MAX_VALUE;
    private long bytes;
    private long firstNanos;
    private long lastNanos;

    private Readers(Selector selector) {
        this.selector = selector;
    }

    /** @param arguments the stream's address, the bearer, how many */
    public static void main(String[] arguments) throws IOException {
        var readers = new Readers(Selector.open());
        readers.open(URI.create(arguments[0]), arguments[1], Integer.parseInt(arguments[2]));
        System.out.println("open");
        Thread.ofPlatform().daemon().start(readers::listen);
        readers.follow();
    }

    /** Returns when each has been answered. */
    private void open(URI stream, String bearer, int count) throws IOException {
        var request = ("GET " + stream.getRawPath() + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                        + "Authorization: Bearer " + bearer + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < count; i++) {
            var channel = SocketChannel.open(new InetSocketAddress(stream.getHost(), stream.getPort()));
            channel.write(ByteBuffer.wrap(request));
            channel.configureBlocking(false);
            var reader = new Reader();
            readers.add(reader);
            channel.register(selector, SelectionKey.OP_READ, reader);
        }
        while (greeted < count) {
            selector.select(this::read);
        }
    }

    private void listen() {
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                .lines()
                .forEach(orders::add);
        System.exit(0);
    }

    private void follow() throws IOException {
        while (true) {
            selector.select(this::read, LOOK_MILLIS);
            for (var order = orders.poll(); order != null; order = orders.poll()) {
                obey(order);
            }
            if (readers.stream().allMatch(reader -> reader.position >= until)) {
                until = Long.MAX_VALUE;
                System.out.println(bytes + " " + (lastNanos - firstNanos));
            }
        }
    }

    private void obey(String order) {
        if (order.equals("count")) {
            bytes = 0;
            firstNanos = 0;
            readers.forEach(reader -> reader.position = 0);
            System.out.println("counting");
        } else {
            until = Long.parseLong(order.substring("until ".length()));
        }
    }

    private void read(SelectionKey key) {
        var reader = (Reader) key.attachment();
        buffer.clear();
        try {
            if (((SocketChannel) key.channel()).read(buffer) < 0) {
                throw new IllegalStateException("a stream was ended");
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        buffer.flip();
        if (buffer.remaining() == 0) {
            return;
        }
        int length = buffer.remaining();
        keepTail(reader);
        var said = tail(reader);
        if (!reader.greeted) {
            greet(reader, said);
            return;
        }
        lastNanos = System.nanoTime();
        if (firstNanos == 0) {
            firstNanos = lastNanos;
        }
        bytes += length;
        reader.position = Math.max(reader.position, lastPosition(said));
    }

    /** Of the last line that is whole; 0 if there is none. */
    private static long lastPosition(String said) {
        int begin = said.lastIndexOf(ID);
        // What follows the position says in which history it is one.
        int end = begin < 0 || said.indexOf('\n', begin + ID.length()) < 0 ? -1 : said.indexOf('-', begin);
        return end < 0 ? 0 : Long.parseLong(said.substring(begin + ID.length(), end));
    }

    /** Counted from the first block of the body on: its headers may come alone. */
    private void greet(Reader reader, String said) {
        if (!said.startsWith("HTTP/1.1 200")) {
            throw new IllegalStateException("refused: " + said);
        }
        int body = said.indexOf("\r\n\r\n");
        if (body >= 0 && said.indexOf("\n\n", body + 4) >= 0) {
            reader.greeted = true;
            reader.tailLength = 0;
            greeted++;
        }
    }

    private void keepTail(Reader reader) {
        int fresh = Math.min(buffer.remaining(), TAIL_BYTES);
        int kept = Math.min(reader.tailLength, TAIL_BYTES - fresh);
        System.arraycopy(reader.tail, reader.tailLength - kept, reader.tail, 0, kept);
        buffer.get(buffer.limit() - fresh, reader.tail, kept, fresh);
        reader.tailLength = kept + fresh;
    }

    private static String tail(Reader reader) {
        return new String(reader.tail, 0, reader.tailLength, StandardCharsets.US_ASCII);
    }
}
