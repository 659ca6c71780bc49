package dev.trailer.bench.process;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Figure;
import dev.trailer.bench.Run;
import dev.trailer.bench.Sample;
import dev.trailer.bench.command.RestCreates;
import dev.trailer.bench.server.Companion;
import dev.trailer.bench.server.ServerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a server takes to be ready on data that is there, and the memory of its process, without its PostgreSQL's. */
public final class Footprint implements Benchmark {
    private static final String READY = "ready-time";
    private static final String AT_REST = "rss-at-rest";
    private static final String AFTER_LOAD = "rss-after-load";
    private static final double MEBIBYTE = 1 << 20;
    private static final double BAR_MEBIBYTES = 450;
    private static final int STARTS = 3;
    /** Followers have looked, timers have fired, the first heartbeat interval is over. */
    private static final Duration REST = Duration.ofSeconds(10);

    @Override
    public List<String> figures() {
        return List.of(READY, AT_REST, AFTER_LOAD);
    }

    @Override
    public void run(Run run) throws Exception {
        var data = run.surroundings().newData("process");
        ServerProcess.start(run.surroundings(), "server", data).close();
        if (run.wants(READY)) {
            run.report(ready(run, data));
        }
        if (run.wants(AT_REST) || run.wants(AFTER_LOAD)) {
            memory(run, data);
        }
    }

    private static Figure ready(Run run, Path data) throws Exception {
        var ours = new ArrayList<Double>();
        var bare = new ArrayList<Double>();
        for (int i = 0; i < (run.quick() ? 1 : STARTS); i++) {
            try (var server = ServerProcess.start(run.surroundings(), "server", data)) {
                ours.add(server.readyTime().toNanos() / 1e9);
            }
            bare.add(bareStart(run));
        }
        return new Figure(READY, Sample.of(ours).median(), Sample.of(bare).median(), new Bar.None(), "s");
    }

    /** The same Java, options and jar, but a program that says one line. */
    private static double bareStart(Run run) throws Exception {
        long begun = System.nanoTime();
        try (var hello = Companion.start(run.surroundings(), Hello.class, List.of())) {
            hello.hear(Duration.ofMinutes(1));
            return (System.nanoTime() - begun) / 1e9;
        }
    }

    private static void memory(Run run, Path data) throws Exception {
        try (var server = ServerProcess.start(run.surroundings(), "server", data)) {
            Thread.sleep(REST);
            run.report(resident(AT_REST, server));
            RestCreates.load(server, run.window().multipliedBy(3));
            server.database().awaitQuiet(Duration.ofMinutes(1));
            run.report(resident(AFTER_LOAD, server));
        }
    }

    private static Figure resident(String name, ServerProcess server) throws Exception {
        return new Figure(name, server.residentBytes() / MEBIBYTE, BAR_MEBIBYTES, new Bar.RatioAtMost(1), "MiB");
    }
}
