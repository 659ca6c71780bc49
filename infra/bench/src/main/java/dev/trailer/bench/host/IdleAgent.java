package dev.trailer.bench.host;

import dev.trailer.bench.Bar;
import dev.trailer.bench.Benchmark;
import dev.trailer.bench.Figure;
import dev.trailer.bench.Run;
import java.time.Duration;
import java.util.List;

/** Memory and processor of an agent that has nothing to do. */
public final class IdleAgent implements Benchmark {
    private static final String MEMORY = "agent-idle-rss";
    private static final String PROCESSOR = "agent-idle-cpu";
    private static final double MEBIBYTE = 1 << 20;
    private static final double MEMORY_LIMIT_MEBIBYTES = 96;
    private static final double PROCESSOR_BAR_PERCENT = 1;

    @Override
    public List<String> figures() {
        return List.of(MEMORY, PROCESSOR);
    }

    @Override
    public void run(Run run) throws Exception {
        try (var stage = Stage.set(run, "idle")) {
            // It was started, enrolled and maybe built an image: compiled code comes to rest, memory is given back each
            // minute.
            Thread.sleep(Duration.ofSeconds(run.quick() ? 20 : 90));
            double percent = Busy.percentOfACore(stage.agent(), Duration.ofSeconds(run.quick() ? 20 : 120));
            run.report(new Figure(
                    MEMORY,
                    stage.agent().residentBytes() / MEBIBYTE,
                    MEMORY_LIMIT_MEBIBYTES,
                    new Bar.RatioAtMost(1),
                    "MiB"));
            run.report(new Figure(PROCESSOR, percent, null, new Bar.AtMost(PROCESSOR_BAR_PERCENT), "% of a core"));
        }
    }
}
