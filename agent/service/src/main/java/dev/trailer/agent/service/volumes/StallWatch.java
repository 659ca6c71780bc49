package dev.trailer.agent.service.volumes;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/** Interrupts who works on a stream from which nothing has come for too long. Closed by its worker. */
final class StallWatch implements AutoCloseable {
    private final Thread watcher;
    private volatile long lastNanos = System.nanoTime();

    private StallWatch(Thread worker, Duration limit) {
        watcher = Thread.ofVirtual().name("trailer-agent-stall").start(() -> watch(worker, limit));
    }

    static StallWatch over(Thread worker, Duration limit) {
        return new StallWatch(worker, limit);
    }

    private void watch(Thread worker, Duration limit) {
        try {
            while (true) {
                long left = limit.toNanos() - (System.nanoTime() - lastNanos);
                if (left <= 0) {
                    worker.interrupt();
                    return;
                }
                Thread.sleep(Duration.ofNanos(left));
            }
        } catch (InterruptedException e) {
            // Closed: there is nothing to watch any more.
            Thread.currentThread().interrupt();
        }
    }

    InputStream watching(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                lastNanos = System.nanoTime();
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                lastNanos = System.nanoTime();
                return read;
            }
        };
    }

    @Override
    public void close() {
        watcher.interrupt();
    }
}
