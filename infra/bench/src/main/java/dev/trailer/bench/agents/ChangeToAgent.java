package dev.trailer.bench.agents;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Figure;
import dev.trailer.bench.Run;
import dev.trailer.bench.Sample;
import dev.trailer.bench.server.Host;
import dev.trailer.bench.server.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * From sending a stop or a start over HTTP until the agent of that workspace's host holds it, with 200 agents waiting in long
 * polls. All of them and who makes the changes are in this process, the server in another.
 */
public final class ChangeToAgent implements Benchmark {
    private static final String MEDIAN = "change-to-agent-p50";
    private static final String TAIL = "change-to-agent-p99";
    private static final int AGENTS = 200;
    /** Ten times as many as that many people make, few enough that they do not wait for one another. */
    private static final int CHANGES_PER_SECOND = 20;

    private static final double MEDIAN_BAR_MILLIS = 15;
    private static final double TAIL_BAR_MILLIS = 60;
    /** Changes that do not count: code is cold. */
    private static final int WARM_UP_CHANGES = 200;

    @Override
    public List<String> figures() {
        return List.of(MEDIAN, TAIL);
    }

    @Override
    public void run(Run run) throws Exception {
        try (var server = ServerProcess.start(run.surroundings(), "agents");
                var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            run.say("change-to-agent: enrolling " + AGENTS + " agents");
            var agents = new ArrayList<PollingAgent>();
            try {
                for (int i = 0; i < AGENTS; i++) {
                    var agent = new PollingAgent(server.api(), Host.online(server.api(), "h" + i), "w" + i);
                    agents.add(agent);
                    agent.start(executor);
                }
                int changes = CHANGES_PER_SECOND * (run.quick() ? 15 : 60);
                var delays = delays(agents, changes);
                run.report(new Figure(MEDIAN, delays.median(), null, new Bar.AtMost(MEDIAN_BAR_MILLIS), "ms"));
                run.report(new Figure(TAIL, delays.percentile(0.99), null, new Bar.AtMost(TAIL_BAR_MILLIS), "ms"));
            } finally {
                agents.forEach(PollingAgent::close);
            }
        }
    }

    /** In milliseconds. */
    private static Sample delays(List<PollingAgent> agents, int changes) throws Exception {
        var delays = new ArrayList<Double>();
        long interval = Duration.ofSeconds(1).toNanos() / CHANGES_PER_SECOND;
        long begun = System.nanoTime();
        for (int i = 0; i < WARM_UP_CHANGES + changes; i++) {
            TimeUnit.NANOSECONDS.sleep(begun + i * interval - System.nanoTime());
            var delay = agents.get(i % agents.size()).change();
            if (i >= WARM_UP_CHANGES) {
                delays.add(delay.toNanos() / 1e6);
            }
        }
        return Sample.of(delays);
    }
}
