package dev.trailer.e2e.faults.load;

import dev.trailer.e2e.process.Client;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/**
 * Follows the live stream from the first fact on, through whatever happens, as a browser does: dials again and goes on
 * behind the last one that it saw. Sees as an admin, so every position must come, once, in order. One thread steps.
 */
public final class LiveReader {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** Facts after which it hangs up by itself, at most. */
    private static final int LONGEST_STAY = 2_000;

    private static final int REDIAL_MILLIS = 200;

    private final String name;
    private final Supplier<Client> server;
    private final History history;
    private final Random random;
    /** Event ids; the one at index i came with position i + 1. */
    private final List<String> seen = new ArrayList<>();

    LiveReader(String name, long seed, Supplier<Client> server, History history) {
        this.name = name;
        this.server = server;
        this.history = history;
        this.random = new Random(seed);
    }

    /** As the server gave it, to go on behind. */
    private String lastId = "0";

    /** The last position that it saw. */
    public long position() {
        synchronized (seen) {
            return seen.size();
        }
    }

    /** Event ids by position, from position 1 on. */
    public List<String> seen() {
        synchronized (seen) {
            return List.copyOf(seen);
        }
    }

    /** One connection, until it ends or is ended here. */
    void step() throws InterruptedException {
        int stay = 1 + random.nextInt(LONGEST_STAY);
        try {
            var response = position() == 0
                    ? server.get().stream("/api/v1/stream?after=0", "Accept", "text/event-stream")
                    : server.get().stream("/api/v1/stream", "Accept", "text/event-stream", "Last-Event-ID", lastId);
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                if (response.statusCode() != 200) {
                    if (response.statusCode() != 503) {
                        history.wrong(name + ": the stream answers " + response.statusCode());
                    }
                    return;
                }
                read(lines, stay);
            }
        } catch (IOException e) {
            // Cut off: the next step goes on.
            LockSupport.parkNanos(REDIAL_MILLIS * 1_000_000L);
        }
    }

    private void read(BufferedReader lines, int stay) throws IOException {
        var id = "";
        var event = "";
        var data = "";
        for (var line = lines.readLine(); line != null && stay > 0; line = lines.readLine()) {
            if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("data: ")) {
                data = line.substring(6);
            } else if (line.isEmpty() && !event.isEmpty()) {
                take(id, event, data);
                stay--;
                id = "";
                event = "";
                data = "";
            }
        }
    }

    private void take(String id, String event, String data) {
        synchronized (seen) {
            if (event.equals("end")) {
                // The server stops, and says so; the next step goes on.
                return;
            }
            if (!event.equals("fact")) {
                history.wrong(name + " after position " + seen.size() + " is told " + event + " " + id + " " + data);
            } else if (Long.parseLong(id.split("-", 2)[0]) != seen.size() + 1) {
                history.wrong(name + " after position " + seen.size() + " is given position " + id);
            } else {
                seen.add(JSON.readTree(data).path("id").asString(""));
                lastId = id;
            }
        }
    }
}
