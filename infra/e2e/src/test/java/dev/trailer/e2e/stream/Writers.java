package dev.trailer.e2e.stream;

import dev.trailer.e2e.process.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Makes facts as fast as the servers take them, by many callers: images, and some hosts. Whether a request was answered does
 * not matter here; what the ledger has counts.
 */
final class Writers implements AutoCloseable {
    private static final int CALLERS = 16;
    /** One in so many is a host, so that topics have something to leave out. */
    private static final int HOST_EVERY = 8;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger made = new AtomicInteger();
    private volatile boolean enough;

    Writers(List<Client> servers) {
        for (int i = 0; i < CALLERS; i++) {
            var server = servers.get(i % servers.size());
            threads.add(Thread.ofVirtual().start(() -> write(server)));
        }
    }

    private void write(Client server) {
        while (!enough && !Thread.currentThread().isInterrupted()) {
            int number = made.incrementAndGet();
            var answer = number % HOST_EVERY == 0
                    ? server.post("/api/v1/hosts", "{\"name\":\"h" + number + "\"}")
                    : server.post(
                            "/api/v1/images",
                            "{\"name\":\"i" + number + "\",\"reference\":\"scratch:" + number + "\"}");
            if (!answer.succeeded()) {
                rest();
            }
        }
    }

    /** Facts of 60 kB. */
    static void large(Client server, int count) {
        var dockerfile = "FROM scratch\\n" + "# filler\\n".repeat(6_000);
        for (int i = 0; i < count; i++) {
            server.post("/api/v1/images", "{\"name\":\"large" + i + "\",\"dockerfile\":\"" + dockerfile + "\"}")
                    .expect(201);
        }
    }

    /** The server is away: it needs not be asked all the time. */
    private static void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        enough = true;
        for (var thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
