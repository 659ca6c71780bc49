package dev.trailer.bench.host;

import dev.trailer.bench.server.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;

/** Many small workspaces, asked for at once. One thread. */
final class Crowd {
    static final long CPU_MILLIS = 10;
    static final long MEMORY_BYTES = 16L << 20;
    /** Between two looks: the error of what is timed. */
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Api api;
    private final List<String> ids = new ArrayList<>();

    Crowd(Api api) {
        this.api = api;
    }

    /** Returns once all are accepted. */
    void make(String prefix, int count, boolean withVolume) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<String>>();
            for (int i = 0; i < count; i++) {
                var body = body(prefix + i, withVolume);
                asked.add(executor.submit(
                        () -> api.post("/api/v1/workspaces", body).text("/id")));
            }
            for (var answer : asked) {
                ids.add(answer.get());
            }
        }
    }

    private static String body(String name, boolean withVolume) {
        return """
                {"name":"%s","image":"base","resources":{"cpus":%s,"memoryBytes":%d},"volumes":[%s]}""".formatted(
                        name,
                        CPU_MILLIS / 1000.0,
                        MEMORY_BYTES,
                        withVolume ? "{\"name\":\"home\",\"mountPath\":\"/home/dev\"}" : "");
    }

    void awaitRunning(int count) throws Exception {
        Stage.await(() -> running() == count, LOOK);
    }

    private long running() {
        long running = 0;
        for (JsonNode one : api.get("/api/v1/workspaces?limit=100").json().at("/items")) {
            running += one.at("/observed/phase").asString("").equals("running") ? 1 : 0;
        }
        return running;
    }

    /** Returns once all removals are accepted. */
    void remove() {
        ids.forEach(id -> api.send("DELETE", "/api/v1/workspaces/" + id + "?volumes=delete", null));
        ids.clear();
    }
}
