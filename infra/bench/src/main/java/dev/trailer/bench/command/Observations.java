package dev.trailer.bench.command;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Rates;
import dev.trailer.bench.Run;
import dev.trailer.bench.limit.RowInserts;
import dev.trailer.domain.workspace.WorkspaceId;
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

    private static final int WARM_UP_CALLERS = 8;

    @Override
    public List<String> figures() {
        return BARS.keySet().stream().map(callers -> PREFIX + callers).toList();
    }

    @Override
    public void run(Run run) throws Exception {
        try (var gateway = Gateway.open(run.surroundings())) {
            var workspaces = warm(run, gateway);
            var limit = RowInserts.like(run.surroundings(), gateway.server().database(), "workspace.observed");
            for (var bar : BARS.entrySet()) {
                int callers = bar.getKey();
                if (run.wants(PREFIX + callers)) {
                    run.report(Rates.compare(
                            PREFIX + callers,
                            () -> perSecond(run, gateway, workspaces, callers),
                            () -> limit.perSecond(callers, run.window()),
                            new Bar.RatioAtLeast(bar.getValue()),
                            "commands/s"));
                }
            }
        }
    }

    /** @return workspaces to observe */
    static List<WorkspaceId> warm(Run run, Gateway gateway) throws Exception {
        var workspaces = new ArrayList<WorkspaceId>();
        for (int i = 0; i < Observer.WORKSPACES; i++) {
            workspaces.add(gateway.create());
        }
        run.say("warming up");
        Callers.perSecond(Observer.several(WARM_UP_CALLERS, gateway, workspaces), run.warmUp());
        return workspaces;
    }

    static double perSecond(Run run, Gateway gateway, List<WorkspaceId> workspaces, int callers) throws Exception {
        return Callers.perSecond(Observer.several(callers, gateway, workspaces), run.window());
    }
}
