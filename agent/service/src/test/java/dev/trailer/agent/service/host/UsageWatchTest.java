package dev.trailer.agent.service.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.WorkspaceUsage;
import dev.trailer.agent.service.engine.EngineException;
import dev.trailer.agent.service.engine.Usage;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UsageWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final Map<String, String> running = new HashMap<>(Map.of("w", "c1"));
    private final Map<String, Usage> engine = new HashMap<>();
    private final AtomicLong clock = new AtomicLong();
    private final UsageWatch watch = new UsageWatch(
            container -> {
                var usage = engine.get(container);
                if (usage == null) {
                    throw new EngineException("no such container");
                }
                return usage;
            },
            () -> running,
            clock::get);

    private void sampleAfter(long seconds) throws InterruptedException {
        clock.addAndGet(seconds * SECOND);
        watch.sample();
    }

    @Test
    void rates_are_means_since_the_sample_before() throws InterruptedException {
        engine.put("c1", new Usage(5 * SECOND, 100, 0, 0, 0, 0, 3));
        sampleAfter(10);
        assertThat(watch.take()).as("one look makes no rate").isEmpty();
        engine.put("c1", new Usage(10 * SECOND, 200, 1_000, 2_000, 3_000, 4_000, 5));
        sampleAfter(10);
        assertThat(watch.take()).containsExactly(new WorkspaceUsage("w", 500, 200, 100, 200, 300, 400, 5));
        assertThat(watch.take()).as("told once").isEmpty();
    }

    @Test
    void a_restarted_container_counts_from_zero() throws InterruptedException {
        engine.put("c1", new Usage(50 * SECOND, 100, 0, 0, 0, 0, 3));
        sampleAfter(10);
        engine.put("c1", new Usage(SECOND, 100, 0, 0, 0, 0, 3));
        sampleAfter(10);
        assertThat(watch.take()).extracting(WorkspaceUsage::cpuMillis).containsExactly(100.0);
    }

    @Test
    void another_container_is_no_continuation() throws InterruptedException {
        engine.put("c1", new Usage(SECOND, 100, 0, 0, 0, 0, 3));
        sampleAfter(10);
        engine.put("c2", new Usage(90 * SECOND, 100, 0, 0, 0, 0, 3));
        running.put("w", "c2");
        sampleAfter(10);
        assertThat(watch.take()).isEmpty();
    }

    @Test
    void one_that_cannot_be_looked_at_does_not_stop_the_others() throws InterruptedException {
        running.put("x", "gone");
        engine.put("c1", new Usage(0, 100, 0, 0, 0, 0, 3));
        sampleAfter(10);
        sampleAfter(10);
        assertThat(watch.take()).extracting(WorkspaceUsage::workspace).containsExactly("w");
    }
}
