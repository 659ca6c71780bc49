package dev.trailer.e2e.faults.agent;

import java.io.IOException;
import java.lang.instrument.Instrumentation;

/** Where the agent begins, before the product. */
public final class FaultAgent {
    private FaultAgent() {}

    /** @param port where the harness listens, on loopback */
    public static void premain(String port, Instrumentation instrumentation) throws IOException {
        Hook.listenTo(Integer.parseInt(port));
        instrumentation.addTransformer(new Weaver(Points.ALL));
    }
}
