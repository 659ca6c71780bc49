package dev.trailer.agent.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.plan.CheckTarget;
import dev.trailer.agent.plan.Checked;
import dev.trailer.agent.protocol.Health;
import dev.trailer.agent.protocol.HealthCheck;
import dev.trailer.agent.service.engine.BuildContext;
import dev.trailer.agent.service.engine.BuildSpec;
import dev.trailer.agent.service.engine.ContainerSpec;
import dev.trailer.agent.service.engine.NetworkSpec;
import dev.trailer.agent.service.engine.Subnet;
import dev.trailer.agent.service.secrets.Masks;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When checks are run, and what is kept of how they end, on the fake engine and with a clock of the test's. */
class HealthWatchTest {
    private static final List<String> WELL = List.of("/bin/sh", "-c", "well");
    private static final HealthCheck CHECK = new HealthCheck(WELL, 30_000, 5_000, 2, 0, false);
    private static final Map<String, String> LABELS =
            Map.of("dev.trailer.install", "i", "dev.trailer.host", "h", "dev.trailer.workspace", "w");

    private final FakeEngine engine = new FakeEngine();
    private final Mind mind = new Mind();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger news = new AtomicInteger();
    private volatile List<CheckTarget> targets = List.of();
    private final HealthWatch watch = new HealthWatch(
            engine, () -> targets, mind, new Masks(), Clock.systemUTC(), nanos::get, news::incrementAndGet);

    @BeforeEach
    void an_image_and_a_network() {
        image("");
        engine.createNetwork(
                new NetworkSpec("trailer-w", Subnet.parse("10.9.8.0/28").orElseThrow(), LABELS));
    }

    private void image(String healthCheck) {
        var context = new BuildContext("FROM scratch\n" + healthCheck, Map.of());
        engine.build(new BuildSpec("trailer/base:1", context, Map.of(), LABELS, false), _ -> {});
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private CheckTarget target(String workspace, @Nullable HealthCheck asked) {
        var spec = new ContainerSpec(
                "trailer-" + workspace,
                workspace,
                "trailer/base:1",
                "trailer-w",
                100,
                32L << 20,
                Map.of(),
                List.of(),
                LABELS);
        String container = engine.createContainer(spec);
        engine.startContainer(container);
        return new CheckTarget(workspace, container, 1, container + "@1", asked);
    }

    private void lookAfter(Duration time) {
        nanos.addAndGet(time.toNanos());
        watch.look();
    }

    private void awaitChecks(int count) {
        await().until(() -> engine.execs().size() == count);
    }

    /** Ends are kept on threads of the watch. */
    private Checked awaitTold(Health health) {
        await().until(() -> mind.now().health().get("w") != null
                && requireNonNull(mind.now().health().get("w")).told() == health);
        return requireNonNull(mind.now().health().get("w"));
    }

    @Test
    void a_check_is_run_soon_after_the_start_and_then_each_interval_after_the_end_of_the_one_before() {
        targets = List.of(target("w", CHECK));
        watch.look();
        assertThat(engine.execs()).isEmpty();
        lookAfter(Duration.ofMillis(600));
        awaitTold(Health.HEALTHY);
        assertThat(engine.execs()).singleElement().satisfies(exec -> {
            assertThat(exec.command()).isEqualTo(WELL);
            assertThat(exec.asRoot()).isFalse();
            assertThat(exec.limit()).isEqualTo(Duration.ofSeconds(5));
        });
        // When the next is due is known a moment after that.
        await().until(() -> {
            lookAfter(Duration.ofSeconds(29));
            lookAfter(Duration.ofSeconds(2));
            return engine.execs().size() >= 2;
        });
        assertThat(news).hasValue(1);
    }

    @Test
    void what_a_failed_check_says_is_kept_with_its_last_lines_alone() {
        var lines = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            lines.add("line " + i);
        }
        engine.answer(WELL, 7, String.join("\n", lines) + "\n");
        targets = List.of(target("w", CHECK));
        watch.look();
        await().until(() -> {
            lookAfter(Duration.ofSeconds(31));
            return engine.execs().size() >= 2;
        });
        var why = requireNonNull(awaitTold(Health.UNHEALTHY).why());
        assertThat(why.detail()).startsWith("exit status 7:\nline 80\n").endsWith("line 99");
        assertThat(why.restarted()).isFalse();
        assertThat(why.episode()).matches("[0-9a-f-]{36}");
    }

    @Test
    void one_that_asks_for_none_is_checked_as_its_image_says_or_not_at_all() {
        var without = target("a", null);
        image("HEALTHCHECK --interval=7s --timeout=3s --retries=4 CMD up");
        targets = List.of(without, target("w", null));
        watch.look();
        lookAfter(Duration.ofSeconds(8));
        awaitTold(Health.HEALTHY);
        lookAfter(Duration.ofSeconds(8));
        assertThat(engine.execs())
                .allSatisfy(exec -> assertThat(exec.command()).containsExactly("/bin/sh", "-c", "up"));
        assertThat(mind.now().health()).containsOnlyKeys("w");
    }

    @Test
    void an_engine_that_does_not_answer_says_nothing_of_a_workspace() {
        targets = List.of(target("w", CHECK));
        watch.look();
        engine.goDown();
        for (int i = 0; i < 5; i++) {
            lookAfter(Duration.ofSeconds(31));
        }
        engine.heal();
        await().until(() -> {
            lookAfter(Duration.ofSeconds(31));
            return !engine.execs().isEmpty();
        });
        assertThat(awaitTold(Health.HEALTHY).lapses()).isZero();
    }

    @Test
    void how_a_check_ended_does_not_count_for_what_was_started_again_meanwhile() {
        var before = target("w", CHECK);
        var gate = new CountDownLatch(1);
        targets = List.of(before);
        watch.look();
        engine.hold(gate);
        engine.answer(WELL, 1, "");
        lookAfter(Duration.ofSeconds(1));
        await().until(() -> engine.changes().contains("exec"));
        targets = List.of(new CheckTarget("w", before.container(), 1, before.container() + "@2", CHECK));
        gate.countDown();
        awaitChecks(1);
        engine.answer(WELL, 0, "");
        await().until(() -> {
            lookAfter(Duration.ofSeconds(1));
            return engine.execs().size() == 2;
        });
        var checked = awaitTold(Health.HEALTHY);
        assertThat(checked.run()).endsWith("@2");
        assertThat(checked.failures()).isZero();
    }

    @Test
    void few_are_run_at_once_however_many_are_due() {
        var many = new ArrayList<CheckTarget>();
        for (int i = 0; i < 3 * HealthWatch.AT_ONCE; i++) {
            many.add(target("w" + i, CHECK));
        }
        var gate = new CountDownLatch(1);
        targets = List.copyOf(many);
        watch.look();
        engine.hold(gate);
        lookAfter(Duration.ofSeconds(1));
        lookAfter(Duration.ofMillis(500));
        await().until(() -> engine.changes().stream().filter("exec"::equals).count() == HealthWatch.AT_ONCE);
        gate.countDown();
        await().until(() -> {
            lookAfter(Duration.ofMillis(500));
            return engine.execs().size() == many.size();
        });
        assertThat(engine.mostInFlight()).isEqualTo(HealthWatch.AT_ONCE);
    }
}
