package dev.trailer.bench.workspace;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Figure;
import dev.trailer.bench.Run;
import dev.trailer.bench.Sample;
import dev.trailer.bench.limit.PlainDocker;
import dev.trailer.bench.server.ServerProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From sending {@code POST /workspaces}, with a volume, until the workspace reads as running, on a real engine with its image built,
 * in standalone mode; against the same calls to the same engine and nothing else. In turn, and all removed each time.
 */
public final class CreateToRunning implements Benchmark {
    private static final String NAME = "create-to-running";
    private static final double BAR = 1.25;
    private static final int ROUNDS = 9;
    private static final int QUICK_ROUNDS = 7;
    private static final int WARM_UPS = 2;
    private static final String IMAGE = "trailer/base:1";

    @Override
    public List<String> figures() {
        return List.of(NAME);
    }

    @Override
    public void run(Run run) throws Exception {
        try (var engine = PlainDocker.ofThisMachine()) {
            boolean had = engine.hasImage(IMAGE);
            var data = run.surroundings().newData("standalone");
            try {
                measure(run, data, engine);
            } finally {
                if (!had) {
                    engine.removeImage(IMAGE);
                }
            }
        }
    }

    private static void measure(Run run, Path data, PlainDocker engine) throws Exception {
        var install = "";
        try (var server = ServerProcess.start(run.surroundings(), "standalone", data)) {
            install = server.install();
            run.report(measure(run, new Lives(server.api(), engine, install), engine));
        } finally {
            // After its agent has ended.
            engine.removeInstall(install);
        }
    }

    private static Figure measure(Run run, Lives lives, PlainDocker engine) throws Exception {
        var ours = new ArrayList<Double>();
        var plain = new ArrayList<Double>();
        int rounds = WARM_UPS + (run.quick() ? QUICK_ROUNDS : ROUNDS);
        for (int i = 0; i < rounds; i++) {
            double our = lives.secondsToRunning("w" + i);
            double other =
                    plain(engine, "trailer-bench-" + ProcessHandle.current().pid() + "-" + i);
            if (i >= WARM_UPS) {
                ours.add(our);
                plain.add(other);
            }
        }
        return new Figure(NAME, Sample.of(ours).median(), Sample.of(plain).median(), new Bar.RatioAtMost(BAR), "s");
    }

    private static double plain(PlainDocker engine, String name) throws Exception {
        try {
            return engine.run(name, IMAGE, Lives.CPU_MILLIS, Lives.MEMORY_BYTES);
        } finally {
            engine.remove(name);
        }
    }
}
