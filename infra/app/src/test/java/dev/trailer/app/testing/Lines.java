package dev.trailer.app.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer that comes line by line, as {@code curl -N} shows it. Safe for many threads. */
public final class Lines implements AutoCloseable {
    private final List<String> lines = new ArrayList<>();
    private @Nullable InputStream body;
    private boolean ended;

    private Lines() {}

    public static Lines follow(Api api, String path, String... headers) {
        var lines = new Lines();
        Thread.ofVirtual().start(() -> lines.read(api, path, headers));
        return lines;
    }

    private void read(Api api, String path, String... headers) {
        try (var open = Api.CLIENT
                .send(api.request(path, headers).build(), BodyHandlers.ofInputStream())
                .body()) {
            synchronized (this) {
                body = open;
            }
            try (var reader = new BufferedReader(new InputStreamReader(open, StandardCharsets.UTF_8))) {
                for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                    synchronized (this) {
                        lines.add(line);
                    }
                }
            }
            synchronized (this) {
                ended = true;
            }
        } catch (IOException e) {
            // Closed by us, or cut off: it has not ended then, which is what tests wait for.
            synchronized (this) {
                lines.add("cut off: " + e.getMessage());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Those that have come so far. */
    public synchronized List<String> seen() {
        return List.copyOf(lines);
    }

    /** Whether the server has ended it. */
    public synchronized boolean ended() {
        return ended;
    }

    @Override
    public synchronized void close() {
        try {
            if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            lines.add("not closed: " + e.getMessage());
        }
    }
}
