package dev.trailer.e2e.faults.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;

/** Where the agent begins, before the product. */
public final class FaultAgent {
    private FaultAgent() {}

    /** @param options where the harness listens, on loopback; and {@code hasty}, for a server in a hurry */
    public static void premain(String options, Instrumentation instrumentation) throws IOException {
        var parts = List.of(options.split(",", -1));
        Hook.listenTo(Integer.parseInt(parts.getFirst()));
        instrumentation.addTransformer(new Weaver(Points.ALL));
        instrumentation.addTransformer(new Weaver(AgentPoints.ALL));
        if (parts.contains("hasty")) {
            instrumentation.addTransformer(new Haste());
        }
    }
}
