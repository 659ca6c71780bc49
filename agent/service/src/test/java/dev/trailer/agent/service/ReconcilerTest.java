package dev.trailer.agent.service;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.trailer.agent.plan.Desired;
import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.plan.ImagePolicy;
import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.DesiredResource;
import dev.trailer.agent.protocol.DesiredResource.ImageRef;
import dev.trailer.agent.protocol.DesiredResource.Mount;
import dev.trailer.agent.protocol.DesiredResource.Power;
import dev.trailer.agent.protocol.DesiredResource.Workspace;
import dev.trailer.agent.protocol.GpuTrouble;
import dev.trailer.agent.protocol.GpuUsage;
import dev.trailer.agent.protocol.HostGpus;
import dev.trailer.agent.protocol.ImageDefinition;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.SecretValues;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.agent.service.attempts.Journal;
import dev.trailer.agent.service.engine.Subnet;
import dev.trailer.agent.service.host.Gpus;
import dev.trailer.agent.service.host.HostWatch;
import dev.trailer.agent.service.secrets.Furnisher;
import dev.trailer.agent.service.secrets.Masks;
import dev.trailer.agent.service.secrets.Registries;
import dev.trailer.agent.service.server.Lease;
import dev.trailer.agent.service.volumes.VolumeFiles;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looking, planning and acting against an engine that fails as told. Time passes only when the test says so. */
class ReconcilerTest {
    private static final String SECRET = "s3cr3t-m4rker";
    private static final ImageRef BASE = new ImageRef("i-base", "base", 1);

    private final FakeEngine engine = new FakeEngine();
    private final Mind mind = new Mind();
    private final Lease lease = new Lease();
    private final TestClock clock = new TestClock();
    private final AtomicInteger fetches = new AtomicInteger();
    private final MachineGpus gpus = new MachineGpus();
    private volatile @Nullable Desired desired;
    private volatile Reports reports = Reports.NOTHING_SEEN;
    private final Reconciler reconciler;
    private final Executor executor;

    ReconcilerTest() {
        var us = new Identity("install", "host");
        var leased = new LeasedEngine(engine, lease);
        reconciler = new Reconciler(
                us,
                new ImagePolicy(1, Duration.ofHours(1)),
                leased,
                new HostWatch(gpus),
                () -> desired,
                mind,
                lease,
                clock,
                fresh -> reports = fresh);
        var networks = new Networks(leased, Subnet.parse("10.213.0.0/16").orElseThrow());
        var masks = new Masks();
        var furnisher = new Furnisher(leased, this::secrets, masks, () -> desired);
        executor = new Executor(
                new Performer(
                        us,
                        leased,
                        networks,
                        new VolumeFiles(us, leased),
                        this::definition,
                        mind,
                        furnisher,
                        new Registries(image -> secrets(image.id()), masks)),
                masks,
                new Journal(System::nanoTime, masks::mask, () -> {}),
                mind,
                () -> desired,
                clock,
                reconciler::progressed,
                () -> {});
    }

    /** As a test says that they are. */
    private static final class MachineGpus implements Gpus {
        private volatile @Nullable HostGpus known;

        void become(@Nullable GpuTrouble trouble, String... uuids) {
            known = new HostGpus(
                    "535",
                    List.of(uuids).stream()
                            .map(uuid -> new HostGpus.Gpu(uuid, "H100", 80L << 30, null))
                            .toList(),
                    trouble);
        }

        @Override
        public @Nullable HostGpus known() {
            return known;
        }

        @Override
        public List<GpuUsage> take() {
            return List.of();
        }
    }

    @SuppressWarnings("NullAway") // it does not see @Nullable on a nested type's name in another module's class file
    private ImageDefinition definition(ImageRef image) {
        fetches.incrementAndGet();
        return new ImageDefinition.Dockerfile("FROM scratch", Map.of(), Map.of(), null);
    }

    private SecretValues secrets(String workspace) {
        return new SecretValues(List.of(new SecretValues.Value("s-1", 1, SECRET.getBytes(StandardCharsets.UTF_8))));
    }

    @BeforeEach
    void leased() {
        assertThat(lease.renew(System.nanoTime(), 600_000)).isTrue();
    }

    @AfterEach
    void close() {
        executor.close();
    }

    private static Workspace workspace(String id, long generation, Power power) {
        return new Workspace(
                id,
                id,
                generation,
                generation,
                power,
                BASE,
                100,
                64 << 20,
                0,
                Map.of(),
                List.of(new Mount(id, "/data")));
    }

    private static Workspace onGpu(String id) {
        return new Workspace(id, id, 1, 1, Power.RUNNING, BASE, 100, 64 << 20, 1, Map.of(), List.of());
    }

    private void desire(Workspace... workspaces) {
        Desired before = desired;
        desired = (before == null ? Desired.NOTHING : before).merge(List.of(workspaces));
    }

    /** Looks until nothing is at work and nothing is left to do now. */
    private void settle() {
        await().atMost(Duration.ofMinutes(1)).pollInterval(Duration.ofMillis(1)).until(() -> {
            int before = engine.changes().size();
            reconciler.pass(executor);
            return mind.now().working().isEmpty() && engine.changes().size() == before;
        });
    }

    private WorkspaceReport report(String workspace) {
        return reports.workspaces().stream()
                .filter(found -> found.workspace().equals(workspace))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_build_that_nobody_needs_any_more_is_left_off_and_has_not_failed() {
        engine.hold(new CountDownLatch(1));
        desired = Desired.of(List.of(new DesiredResource.Build("i-base/1", 1, BASE)));
        await().until(() -> {
            reconciler.pass(executor);
            return engine.changes().contains("build");
        });
        desired = Desired.NOTHING;
        await().until(() -> {
            reconciler.pass(executor);
            return mind.now().working().isEmpty();
        });
        assertThat(mind.now().failures()).isEmpty();
        assertThat(engine.changes()).containsExactly("build");
    }

    @Test
    void a_build_that_is_cancelled_goes_on_while_a_workspace_needs_the_image() {
        var latch = new CountDownLatch(1);
        engine.hold(latch);
        var build = new DesiredResource.Build("i-base/1", 1, BASE);
        desired = Desired.of(List.of(build, workspace("w", 1, Power.RUNNING)));
        await().until(() -> {
            reconciler.pass(executor);
            return engine.changes().contains("build");
        });
        desired = Desired.of(List.of(workspace("w", 1, Power.RUNNING)));
        reconciler.pass(executor);
        latch.countDown();
        settle();
        assertThat(report("w").phase()).isEqualTo(Phase.RUNNING);
        assertThat(engine.changes()).filteredOn("build"::equals).hasSize(1);
    }

    @Test
    void a_pass_with_nothing_to_do_changes_nothing() {
        desire(workspace("w", 1, Power.RUNNING));
        settle();
        assertThat(report("w").phase()).isEqualTo(Phase.RUNNING);
        int changes = engine.changes().size();
        for (int i = 0; i < 20; i++) {
            reconciler.pass(executor);
        }
        assertThat(engine.changes()).hasSize(changes);
        assertThat(engine.changes())
                .containsExactly("build", "createNetwork", "createVolume", "createContainer", "startContainer");
    }

    /** Of what {@link FakeEngine} is asked, all but its reads is in its list of changes. */
    @Test
    void a_hundred_workspaces_that_are_as_they_should_be_make_no_call_that_changes() {
        var all = IntStream.range(0, 100)
                .mapToObj(i -> workspace("w" + i, 1, i % 4 == 0 ? Power.STOPPED : Power.RUNNING))
                .toArray(Workspace[]::new);
        desire(all);
        settle();
        assertThat(reports.workspaces())
                .filteredOn(one -> one.phase() == Phase.RUNNING)
                .hasSize(75);
        var changes = engine.changes();
        for (int i = 0; i < 20; i++) {
            clock.pass(Reconciler.INTERVAL);
            reconciler.pass(executor);
        }
        assertThat(engine.changes()).isEqualTo(changes);
    }

    @Test
    void five_workspaces_that_need_one_image_build_it_once() {
        for (String id : List.of("a", "b", "c", "d", "e")) {
            desire(workspace(id, 1, Power.RUNNING));
        }
        settle();
        assertThat(engine.changes().stream().filter("build"::equals)).hasSize(1);
        assertThat(fetches).hasValue(1);
        assertThat(engine.subnets()).hasSize(5).doesNotHaveDuplicates();
    }

    @Test
    void without_a_lease_nothing_is_changed_but_all_is_seen() {
        desire(workspace("w", 1, Power.RUNNING));
        settle();
        lease.revoke();
        int changes = engine.changes().size();
        engine.exit("trailer-w-1", 3);
        settle();
        assertThat(engine.changes()).hasSize(changes);
        assertThat(report("w").cause()).isEqualTo(new Cause.Exited(3, false));
    }

    @Test
    void a_lease_lost_in_the_middle_ends_the_work_without_a_failure() {
        desire(workspace("w", 1, Power.RUNNING));
        var gate = new CountDownLatch(1);
        engine.hold(gate);
        await().until(() -> {
            reconciler.pass(executor);
            return engine.changes().contains("build");
        });
        lease.revoke();
        gate.countDown();
        settle();
        assertThat(engine.changes()).containsExactly("build");
        assertThat(mind.now().failures()).isEmpty();
    }

    @Test
    void nothing_starts_while_what_it_replaces_failed_to_stop_and_it_goes_on_once_that_is_mended() {
        desire(workspace("w", 1, Power.RUNNING));
        settle();
        engine.fail("stopContainer", "no");
        desire(workspace("w", 2, Power.RUNNING));
        settle();
        assertThat(engine.containers()).singleElement().satisfies(container -> assertThat(container.name())
                .isEqualTo("trailer-w-1"));
        assertThat(report("w").phase()).isEqualTo(Phase.FAILED);
        var failure = (Cause.StepFailed) requireNonNull(report("w").cause());
        assertThat(failure.step()).isEqualTo(Step.STOP_CONTAINER);
        clock.pass(Duration.ofSeconds(2));
        settle();
        assertThat(report("w").cause()).isEqualTo(failure);
        engine.heal();
        clock.pass(Duration.ofSeconds(5));
        settle();
        assertThat(report("w").phase()).isEqualTo(Phase.RUNNING);
        assertThat(engine.containers()).singleElement().satisfies(container -> assertThat(container.name())
                .isEqualTo("trailer-w-2"));
    }

    @Test
    void what_is_not_desired_any_more_is_not_finished() {
        desire(workspace("w", 1, Power.RUNNING));
        var gate = new CountDownLatch(1);
        engine.hold(gate);
        await().until(() -> {
            reconciler.pass(executor);
            return engine.changes().contains("build");
        });
        desire(workspace("w", 2, Power.STOPPED));
        gate.countDown();
        settle();
        assertThat(engine.changes()).containsExactly("build");
        assertThat(report("w").phase()).isEqualTo(Phase.STOPPED);
    }

    @Test
    void a_step_in_flight_is_told() {
        desire(workspace("w", 1, Power.RUNNING));
        var gate = new CountDownLatch(1);
        engine.hold(gate);
        await().until(() -> {
            reconciler.pass(executor);
            return engine.changes().contains("build");
        });
        assertThat(report("w").cause()).isEqualTo(new Cause.Working(Step.BUILD_IMAGE));
        gate.countDown();
        settle();
    }

    @Test
    void an_engine_that_is_down_is_told_at_once_its_workspaces_only_if_it_stays_down() {
        desire(workspace("w", 1, Power.RUNNING), workspace("s", 1, Power.STOPPED));
        settle();
        engine.goDown();
        settle();
        assertThat(reports.engineUp()).isFalse();
        assertThat(reports.facts()).isNull();
        assertThat(report("w").phase()).isEqualTo(Phase.RUNNING);
        clock.pass(Duration.ofSeconds(11));
        settle();
        assertThat(report("w").phase()).isEqualTo(Phase.FAILED);
        assertThat(report("w").cause()).isEqualTo(new Cause.EngineDown());
        assertThat(report("s").phase()).isEqualTo(Phase.STOPPED);
        engine.heal();
        settle();
        assertThat(reports.engineUp()).isTrue();
        assertThat(report("w").phase()).isEqualTo(Phase.RUNNING);
    }

    /** An engine may fail to answer, or answer with an error, and go on all the same: what it then has is looked for and taken. */
    @Test
    void what_the_engine_has_done_though_it_said_that_it_failed_is_found_and_taken() {
        for (String call : List.of("build", "createNetwork", "createVolume", "createContainer", "startContainer")) {
            engine.loseAnswers(call, "the engine did not answer in time");
        }
        desire(workspace("w", 1, Power.RUNNING));
        settleOverTime();
        assertThat(report("w").phase()).isEqualTo(Phase.RUNNING);
        assertThat(engine.changes())
                .as("each is asked for once")
                .containsExactly("build", "createNetwork", "createVolume", "createContainer", "startContainer");
        assertThat(engine.containers()).hasSize(1);
        assertThat(reports.strays()).isEmpty();
    }

    @Test
    void what_the_engine_has_ended_though_it_said_that_it_failed_is_not_ended_twice_nor_taken_for_a_crash() {
        desire(workspace("w", 1, Power.RUNNING));
        settle();
        int before = engine.changes().size();
        for (String call : List.of("stopContainer", "removeContainer", "removeNetwork")) {
            engine.loseAnswers(call, "the engine did not answer in time");
        }
        desire(workspace("w", 2, Power.REMOVED));
        settleOverTime();
        assertThat(report("w").phase()).isEqualTo(Phase.GONE);
        assertThat(engine.changes().subList(before, engine.changes().size()))
                .containsExactly("stopContainer", "removeContainer", "removeNetwork");
    }

    /** Until every step that failed is due again, as often as a lane has steps. */
    private void settleOverTime() {
        for (int step = 0; step < 8; step++) {
            settle();
            clock.pass(Duration.ofMinutes(6));
        }
        settle();
    }

    @Test
    void a_container_is_made_with_the_gpus_of_the_machine_and_a_change_to_them_is_reported_at_once() {
        gpus.become(null, "GPU-0", "GPU-1");
        desire(onGpu("a"), onGpu("b"));
        settle();
        assertThat(engine.containers())
                .extracting(container -> container.name() + container.gpus())
                .containsExactlyInAnyOrder("trailer-a-1[GPU-0]", "trailer-b-1[GPU-1]");
        assertThat(report("a").gpus()).containsExactly("GPU-0");
        assertThat(requireNonNull(reports.facts()).gpus()).isEqualTo(2);
        gpus.become(GpuTrouble.TIMED_OUT);
        engine.exit("trailer-b-1", 1);
        clock.pass(Duration.ofSeconds(2));
        settle();
        assertThat(requireNonNull(reports.facts()).gpus()).isZero();
        assertThat(report("a").phase()).isEqualTo(Phase.RUNNING);
        assertThat(report("b").cause()).isEqualTo(new Cause.GpuUnavailable(GpuTrouble.TIMED_OUT));
        gpus.become(null, "GPU-0", "GPU-1");
        settle();
        assertThat(report("b").phase()).isEqualTo(Phase.RUNNING);
    }

    @Test
    void changes_at_once_are_bounded() {
        var ids = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            ids.add("w" + i);
        }
        ids.forEach(id -> desire(workspace(id, 1, Power.STOPPED)));
        desire(workspace("first", 1, Power.RUNNING));
        settle();
        var gate = new CountDownLatch(1);
        engine.hold(gate);
        ids.forEach(id -> desire(workspace(id, 2, Power.RUNNING)));
        reconciler.pass(executor);
        await().until(() -> engine.mostInFlight() == 8);
        gate.countDown();
        settle();
        assertThat(engine.mostInFlight()).isEqualTo(8);
        assertThat(engine.containers()).hasSize(21);
    }

    private static final class TestClock extends Clock {
        private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

        void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    private static Workspace furnished(String id) {
        var plain = workspace(id, 1, Power.RUNNING);
        return new Workspace(
                id,
                plain.name(),
                1,
                1,
                Power.RUNNING,
                plain.image(),
                plain.cpuMillis(),
                plain.memoryBytes(),
                0,
                Map.of("PLAIN", "x"),
                List.of(new DesiredResource.Mount("v-1", "/home/dev")),
                List.of(new DesiredResource.SecretFile("s-1", "token")),
                Map.of("TOKEN", "s-1"),
                new DesiredResource.Git("https://git.example/team/api.git", null, "/home/dev/api", "s-1"));
    }

    @Test
    void secrets_are_written_and_the_repository_cloned_once_in_each_run_of_a_container() {
        desire(furnished("w-1"));
        settle();
        assertThat(engine.execs()).hasSize(3);
        assertThat(engine.execs().getFirst().asRoot()).isTrue();
        var write = engine.execs().get(1);
        assertThat(write.input()).isEqualTo(SECRET.getBytes(StandardCharsets.UTF_8));
        assertThat(write.command()).contains("token", Integer.toString(SECRET.length()));
        var clone = engine.execs().getLast();
        assertThat(new String(clone.input(), StandardCharsets.UTF_8)).isEqualTo("git\n" + SECRET + "\n");
        assertThat(engine.execs())
                .allSatisfy(exec -> assertThat(exec.command()).noneMatch(word -> word.contains(SECRET)));
        settle();
        assertThat(engine.execs()).as("nothing is done twice").hasSize(3);
    }

    @Test
    void a_secret_in_the_engines_words_is_masked_wherever_they_are_told() {
        engine.fail("exec", "cannot write " + SECRET + " to the file");
        desire(furnished("w-1"));
        settle();
        var report = report("w-1");
        assertThat(report.phase()).isEqualTo(Phase.FAILED);
        assertThat(report.cause()).isInstanceOfSatisfying(Cause.StepFailed.class, failed -> {
            assertThat(failed.step()).isEqualTo(Step.GIVE_SECRETS);
            assertThat(failed.detail()).isEqualTo("cannot write *** to the file");
        });
    }
}
