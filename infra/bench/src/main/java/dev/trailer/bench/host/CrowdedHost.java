package dev.trailer.bench.host;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Figure;
import dev.trailer.bench.Run;
import dev.trailer.bench.Sample;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** An agent with a hundred workspaces that run and nothing to change; that it changes nothing is looked at as well. */
public final class CrowdedHost implements Benchmark {
    private static final String PROCESSOR = "agent-100-cpu";
    private static final String HEARTBEAT = "agent-100-heartbeat-bytes";
    private static final int WORKSPACES = 100;
    /** Each workspace's container is looked at every ten seconds for its figures, and every thirty by the planner. */
    private static final double PROCESSOR_BAR_PERCENT = 5;
    /** A workspace is some 400 bytes: its id, how it does, its container's id and what it uses. */
    private static final double HEARTBEAT_BAR_BYTES = 64 * 1024;

    @Override
    public List<String> figures() {
        return List.of(PROCESSOR, HEARTBEAT);
    }

    @Override
    public void run(Run run) throws Exception {
        try (var stage = Stage.set(run, "crowded")) {
            run.say("agent-100: making " + WORKSPACES + " workspaces");
            var crowd = new Crowd(stage.api());
            crowd.make("w", WORKSPACES, false);
            crowd.awaitRunning(WORKSPACES);
            Thread.sleep(Duration.ofSeconds(run.quick() ? 20 : 60));
            var begun = Instant.now();
            int beats = stage.tap().lengths().size();
            double percent = Busy.percentOfACore(stage.agent(), Duration.ofSeconds(run.quick() ? 30 : 120));
            var lengths = stage.tap().lengths();
            requireNothingChanged(stage, begun);
            run.report(new Figure(PROCESSOR, percent, null, new Bar.AtMost(PROCESSOR_BAR_PERCENT), "% of a core"));
            run.report(new Figure(
                    HEARTBEAT,
                    Sample.of(lengths.subList(beats, lengths.size())).percentile(1),
                    null,
                    new Bar.AtMost(HEARTBEAT_BAR_BYTES),
                    "bytes, longest"));
        }
    }

    /** The engine itself says what was done to it. */
    private static void requireNothingChanged(Stage stage, Instant since) throws IOException {
        var changes = stage.engine().changesOfInstall(stage.install(), since, Instant.now());
        if (!changes.isEmpty()) {
            throw new IOException("the agent had nothing to do and yet there were " + changes);
        }
    }
}
