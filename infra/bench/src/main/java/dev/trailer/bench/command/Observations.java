package dev.trailer.bench.command;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Figure;
import dev.trailer.bench.Run;
import dev.trailer.bench.Sample;
import dev.trailer.bench.limit.RowInserts;
import dev.trailer.domain.workspace.WorkspaceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Durable <i>record observation</i> per second at the command gateway, against one-row inserts of the same size. */
public final class Observations implements Benchmark {
    private static final String PREFIX = "observation-";
    /** Callers, and what should be reached with so many. */
    private static final Map<Integer, Double> BARS = new LinkedHashMap<>();

    static {
        BARS.put(1, 0.3);
        BARS.put(8, 0.35);
        BARS.put(32, 0.5);
    }

    /** The compiler needs some ten thousand commands; then the rate stays where it is. */
    private static final Duration WARM_UP = Duration.ofSeconds(8);

    private static final int WARM_UP_CALLERS = 8;
    /** Ours and the limit in turn, so that what else happens on the machine meets both. */
    private static final int ROUNDS = 2;

    @Override
    public List<String> figures() {
        return BARS.keySet().stream().map(callers -> PREFIX + callers).toList();
    }

    @Override
    public void run(Run run) throws Exception {
        try (var gateway = Gateway.open(run.surroundings())) {
            var workspaces = workspaces(gateway);
            run.say("observations: warming up");
            Callers.perSecond(Observer.several(WARM_UP_CALLERS, gateway, workspaces), WARM_UP);
            var limit = RowInserts.like(run.surroundings(), gateway.server().database());
            for (var bar : BARS.entrySet()) {
                if (run.wants(PREFIX + bar.getKey())) {
                    run.report(measure(run, gateway, workspaces, limit, bar.getKey(), bar.getValue()));
                }
            }
        }
    }

    static List<WorkspaceId> workspaces(Gateway gateway) {
        var workspaces = new ArrayList<WorkspaceId>();
        for (int i = 0; i < Observer.WORKSPACES; i++) {
            workspaces.add(gateway.create());
        }
        return workspaces;
    }

    private static Figure measure(
            Run run, Gateway gateway, List<WorkspaceId> workspaces, RowInserts limit, int callers, double bar)
            throws Exception {
        var ours = new ArrayList<Double>();
        var theirs = new ArrayList<Double>();
        for (int round = 0; round < ROUNDS; round++) {
            ours.add(Callers.perSecond(Observer.several(callers, gateway, workspaces), run.window()));
            theirs.add(limit.perSecond(callers, run.window()));
        }
        return new Figure(
                PREFIX + callers,
                Sample.of(ours).median(),
                Sample.of(theirs).median(),
                new Bar.RatioAtLeast(bar),
                "commands/s");
    }
}
