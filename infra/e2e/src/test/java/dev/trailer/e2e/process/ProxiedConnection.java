package dev.trailer.e2e.process;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** One connection through a {@link DatabaseProxy}: for each direction one thread reads and one writes, so that a delay is no brake. */
final class ProxiedConnection {
    private static final int CHUNK_BYTES = 65_536;
    /** Chunks on their way in one direction: beyond it the sender waits, as with a full window. */
    private static final int WINDOW = 256;

    /** An empty one is the last. */
    private record Chunk(byte[] bytes, long readAtNanos) {
        static final Chunk END = new Chunk(new byte[0], 0);
    }

    private final DatabaseProxy proxy;
    private final Socket client;
    private final Socket database;
    private volatile boolean abandoned;

    ProxiedConnection(DatabaseProxy proxy, Socket client, Socket database) {
        this.proxy = proxy;
        this.client = client;
        this.database = database;
    }

    void start() {
        carry(client, database, true);
        carry(database, client, false);
    }

    private void carry(Socket from, Socket to, boolean toDatabase) {
        BlockingQueue<Chunk> way = new ArrayBlockingQueue<>(WINDOW);
        Thread.ofVirtual().start(() -> read(from, way));
        Thread.ofVirtual().start(() -> write(way, to, toDatabase));
    }

    private void read(Socket from, BlockingQueue<Chunk> way) {
        try {
            var buffer = new byte[CHUNK_BYTES];
            int count;
            while ((count = from.getInputStream().read(buffer)) >= 0) {
                way.put(new Chunk(Arrays.copyOf(buffer, count), System.nanoTime()));
            }
            way.put(Chunk.END);
        } catch (IOException e) {
            reset();
            // What was still on its way is lost, and whoever would have written it ends.
            way.clear();
            way.add(Chunk.END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(BlockingQueue<Chunk> way, Socket to, boolean toDatabase) {
        try {
            for (var chunk = way.take(); chunk.bytes.length > 0; chunk = way.take()) {
                proxy.awaitPassage(this, chunk.readAtNanos, toDatabase);
                to.getOutputStream().write(chunk.bytes);
            }
            // One side has hung up: neither of ours goes on with half a connection.
            client.close();
            database.close();
            proxy.forget(this);
        } catch (IOException e) {
            reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void abandon() {
        abandoned = true;
    }

    boolean abandoned() {
        return abandoned;
    }

    /** Both ends learn it at once. */
    void reset() {
        reset(client);
        reset(database);
        proxy.forget(this);
    }

    static void reset(Socket socket) {
        try {
            // Without lingering, closing sends a reset.
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // It is gone already.
        }
    }
}
