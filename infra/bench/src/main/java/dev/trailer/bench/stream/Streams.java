package dev.trailer.bench.stream;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Rates;
import dev.trailer.bench.Run;
import dev.trailer.bench.server.Api;
import dev.trailer.bench.server.Companion;
import dev.trailer.bench.server.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Bytes per second to 1,000 subscribers of the live stream while a burst of facts is being recorded, against a bare writer that
 * sends the same facts to as many. Server, writer and readers are processes of their own.
 */
public final class Streams implements Benchmark {
    private static final int SUBSCRIBERS = 1_000;
    private static final String NAME = "sse-" + SUBSCRIBERS;
    private static final double BAR = 0.4;
    private static final int ROUNDS = 3;
    private static final int WARM_UPS = 2;
    private static final double MEBIBYTE = 1 << 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Override
    public List<String> figures() {
        return List.of(NAME);
    }

    @Override
    public void run(Run run) throws Exception {
        var around = run.surroundings();
        try (var server = ServerProcess.start(around, "sse");
                var burst = Burst.prepare(server.api());
                var writer = Companion.start(around, BareWriter.class, List.of())) {
            var api = server.api();
            long before = head(server);
            var stream = server.url().resolve("/api/v1/stream");
            var bare = URI.create("http://127.0.0.1:" + writer.hear(PATIENCE) + "/stream");
            run.say(NAME + ": opening streams");
            try (var ours = readers(run, stream, String.valueOf(api.bearer()));
                    var theirs = readers(run, bare, "none")) {
                var blocks = around.work().resolve("facts");
                live(ours, server, burst);
                long last = head(server);
                save(api, before, last, blocks);
                for (int i = 0; i < WARM_UPS; i++) {
                    live(ours, server, burst);
                    written(theirs, writer, blocks, last);
                }
                run.report(Rates.compare(
                        NAME,
                        run.quick() ? 1 : ROUNDS,
                        () -> live(ours, server, burst),
                        () -> written(theirs, writer, blocks, last),
                        new Bar.RatioAtLeast(BAR),
                        "MiB/s"));
            }
        }
    }

    private static Companion readers(Run run, URI stream, String bearer) throws IOException, InterruptedException {
        var readers = Companion.start(
                run.surroundings(), Readers.class, List.of(stream.toString(), bearer, Integer.toString(SUBSCRIBERS)));
        readers.hear(PATIENCE);
        return readers;
    }

    private static double live(Companion readers, ServerProcess server, Burst burst) throws Exception {
        return counted(readers, () -> {
            burst.go();
            return head(server);
        });
    }

    private static double written(Companion readers, Companion writer, Path blocks, long last) throws Exception {
        return counted(readers, () -> {
            writer.say("go " + blocks);
            return last;
        });
    }

    /** @param act sets it going and answers the last position that there will be */
    private static double counted(Companion readers, Callable<Long> act) throws Exception {
        readers.say("count");
        readers.hear(PATIENCE);
        readers.say("until " + act.call());
        var counted = readers.hear(PATIENCE).split(" ");
        return Long.parseLong(counted[0]) / MEBIBYTE / (Long.parseLong(counted[1]) / 1e9);
    }

    private static long head(ServerProcess server) throws Exception {
        return server.database().number("select position from ledger_head");
    }

    /** What one subscriber is sent of the facts behind {@code after}, up to {@code last}. */
    private static void save(Api api, long after, long last, Path file) throws IOException {
        try (var body = api.open("/api/v1/stream?after=" + after);
                var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            var blocks = new StringBuilder();
            boolean ending = false;
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                blocks.append(line).append('\n');
                ending = ending || line.startsWith("id: " + last + "-");
                if (ending && line.isEmpty()) {
                    break;
                }
            }
            Files.writeString(file, blocks);
        }
    }
}
