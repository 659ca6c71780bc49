package dev.trailer.bench.host;

import dev.trailer.bench.server.AgentProcess;
import java.time.Duration;

/** How busy a process is. */
final class Busy {
    private Busy() {}

    static double percentOfACore(AgentProcess agent, Duration window) throws InterruptedException {
        var before = agent.processorTime();
        long begun = System.nanoTime();
        Thread.sleep(window);
        return 100.0 * agent.processorTime().minus(before).toNanos() / (System.nanoTime() - begun);
    }
}
