package dev.trailer.app.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** The live stream, as a browser reads it. */
public final class FactStream implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * A block that the server sent.
     *
     * @param place its id: the position and a mark of the timeline
     * @param event empty for one that only tells the position
     */
    public record Block(String place, String event, String data) {
        /** The position alone. */
        public long id() {
            return Long.parseLong(place.substring(0, place.indexOf('-')));
        }

        public JsonNode json() {
            return Reply.JSON.readTree(data);
        }
    }

    private final InputStream body;
    private final HttpHeaders headers;
    private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();

    private FactStream(InputStream body, HttpHeaders headers) {
        this.body = body;
        this.headers = headers;
        Thread.ofVirtual().start(this::read);
    }

    /** @param query for example {@code ?after=7}, or empty */
    public static FactStream open(Api api, String query, String... headers) {
        try {
            var request = api.request("/api/v1/stream" + query, headers)
                    .header("Accept", "text/event-stream")
                    .build();
            var response = Api.CLIENT.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError("the stream answers " + response.statusCode());
            }
            return new FactStream(response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public HttpHeaders headers() {
        return headers;
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            var id = "";
            var event = "";
            var data = "";
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    data = line.substring(6);
                } else if (line.isEmpty() && !id.isEmpty()) {
                    blocks.add(new Block(id, event, data));
                    id = "";
                    event = "";
                    data = "";
                }
            }
        } catch (IOException e) {
            // closed by the test
        }
    }

    public Block next() {
        try {
            var block = blocks.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (block == null) {
                throw new AssertionError("nothing came within " + PATIENCE);
            }
            return block;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public List<Block> next(int count) {
        var next = new ArrayList<Block>();
        for (int i = 0; i < count; i++) {
            next.add(next());
        }
        return next;
    }

    /** Whether nothing more has come so far. */
    public boolean isQuiet() {
        return blocks.isEmpty();
    }

    @Override
    public void close() {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
