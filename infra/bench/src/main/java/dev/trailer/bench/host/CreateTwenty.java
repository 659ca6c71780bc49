package dev.trailer.bench.host;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Figure;
import dev.trailer.bench.Run;
import dev.trailer.bench.Sample;
import dev.trailer.bench.limit.PlainDocker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * From asking for twenty workspaces at once, each with a volume, until all of them read as running; against one loop that makes the
 * same calls to the same engine, and nothing else. In turn, and all removed each time.
 */
public final class CreateTwenty implements Benchmark {
    private static final String NAME = "create-20";
    private static final double BAR = 1.2;
    private static final int WORKSPACES = 20;
    private static final int ROUNDS = 3;

    @Override
    public List<String> figures() {
        return List.of(NAME);
    }

    @Override
    public void run(Run run) throws Exception {
        try (var stage = Stage.set(run, "twenty")) {
            var ours = new ArrayList<Double>();
            var plain = new ArrayList<Double>();
            // The first one warms up, and does not count.
            for (int round = 0; round <= (run.quick() ? 1 : ROUNDS); round++) {
                double our = ours(stage, "r" + round);
                double other = plain(
                        stage.engine(),
                        "trailer-bench-" + ProcessHandle.current().pid() + "-" + round);
                run.say(NAME + ": " + Math.round(our * 1_000) + " ms, plain " + Math.round(other * 1_000) + " ms");
                if (round > 0) {
                    ours.add(our);
                    plain.add(other);
                }
            }
            run.report(new Figure(
                    NAME, Sample.of(ours).median(), Sample.of(plain).median(), new Bar.RatioAtMost(BAR), "s"));
        }
    }

    private static double ours(Stage stage, String prefix) throws Exception {
        var crowd = new Crowd(stage.api());
        long begun = System.nanoTime();
        crowd.make(prefix, WORKSPACES, true);
        crowd.awaitRunning(WORKSPACES);
        double seconds = (System.nanoTime() - begun) / 1e9;
        crowd.remove();
        Stage.await(() -> nothingIsLeft(stage));
        return seconds;
    }

    private static boolean nothingIsLeft(Stage stage) throws IOException {
        for (String kind : List.of("containers", "networks", "volumes")) {
            if (!stage.engine().ofInstall(kind, stage.install()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static double plain(PlainDocker engine, String prefix) throws IOException {
        double seconds = 0;
        try {
            for (int i = 0; i < WORKSPACES; i++) {
                seconds += engine.run(prefix + "-" + i, Stage.IMAGE, Crowd.CPU_MILLIS, Crowd.MEMORY_BYTES);
            }
        } finally {
            for (int i = 0; i < WORKSPACES; i++) {
                engine.remove(prefix + "-" + i);
            }
        }
        return seconds;
    }
}
