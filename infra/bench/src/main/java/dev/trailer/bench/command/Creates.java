package dev.trailer.bench.command;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Rates;
import dev.trailer.bench.Run;
import dev.trailer.bench.limit.RowInserts;
import java.util.Collections;
import java.util.List;

/**
 * Durable <i>create workspace</i> per second at the command gateway, with its claims (a name, a place on the host) and the side
 * row that a person's change has, against inserts of one row of the event's size.
 */
public final class Creates implements Benchmark {
    private static final String PREFIX = "create-";
    private static final List<Integer> CALLERS = List.of(1, 8, 32);
    private static final double BAR = 0.15;
    private static final int WARM_UP_CALLERS = 8;

    @Override
    public List<String> figures() {
        return CALLERS.stream().map(callers -> PREFIX + callers).toList();
    }

    @Override
    public void run(Run run) throws Exception {
        try (var gateway = Gateway.open(run.surroundings())) {
            run.say("warming up");
            Callers.perSecond(Collections.nCopies(WARM_UP_CALLERS, gateway::create), run.warmUp());
            var limit = RowInserts.like(run.surroundings(), gateway.server().database(), "workspace.created");
            for (int callers : CALLERS) {
                if (run.wants(PREFIX + callers)) {
                    run.report(Rates.compare(
                            PREFIX + callers,
                            () -> Callers.perSecond(Collections.nCopies(callers, gateway::create), run.window()),
                            () -> limit.perSecond(callers, run.window()),
                            new Bar.RatioAtLeast(BAR),
                            "commands/s"));
                }
            }
        }
    }
}
