package dev.trailer.bench.workspace;

import dev.trailer.bench.limit.PlainDocker;
import dev.trailer.bench.server.Api;
import java.io.IOException;
import java.time.Duration;

/** One workspace after the other, from its making until nothing of it is left on the engine. One thread. */
final class Lives {
    static final long CPU_MILLIS = 500;
    static final long MEMORY_BYTES = 256L << 20;
    /** The first one waits for its image to be built. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** Between two looks: the error of ours. */
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Api api;
    private final PlainDocker engine;
    private final String install;

    Lives(Api api, PlainDocker engine, String install) {
        this.api = api;
        this.engine = engine;
        this.install = install;
    }

    /** From before it was asked for until it read as running; it is gone when this returns. */
    double secondsToRunning(String name) throws Exception {
        var body = """
                {"name":"%s","image":"base","resources":{"cpus":%s,"memoryBytes":%d},
                 "volumes":[{"name":"home","mountPath":"/home/dev"}]}""".formatted(name, CPU_MILLIS / 1000.0, MEMORY_BYTES);
        awaitHost();
        long begun = System.nanoTime();
        var id = api.post("/api/v1/workspaces", body).text("/id");
        try {
            await(() ->
                    api.find("/api/v1/workspaces/" + id).text("/observed/phase").equals("running"));
            return (System.nanoTime() - begun) / 1e9;
        } finally {
            api.send("DELETE", "/api/v1/workspaces/" + id + "?volumes=delete", null);
            await(this::nothingIsLeft);
        }
    }

    /** A standalone server is ready a moment before its own agent has enrolled. */
    private void awaitHost() throws Exception {
        await(() -> api.get("/api/v1/hosts").text("/items/0/state").equals("online"));
    }

    private boolean nothingIsLeft() throws IOException {
        return engine.ofInstall("containers", install).isEmpty()
                && engine.ofInstall("networks", install).isEmpty()
                && engine.ofInstall("volumes", install).isEmpty();
    }

    private interface Condition {
        boolean holds() throws IOException;
    }

    private static void await(Condition condition) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException("a workspace did not come or go within " + PATIENCE);
            }
            Thread.sleep(LOOK);
        }
    }
}
