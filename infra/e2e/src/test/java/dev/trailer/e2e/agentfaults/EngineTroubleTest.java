package dev.trailer.e2e.agentfaults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.trailer.e2e.agentfaults.Rig.Host;
import dev.trailer.e2e.faults.Faults;
import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.OwnDocker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** An engine that goes away, hangs, comes back, and runs out of disk; and a host whose clock is an hour off. */
@Faults
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class EngineTroubleTest {
    private static final boolean LONG = "long".equals(System.getProperty("trailer.e2e"));
    /** How long an engine is away; in the plain run until it has been told of. */
    private static final Duration AWAY = LONG ? Duration.ofSeconds(60) : Duration.ZERO;
    /** A heartbeat's pace with few hosts is 5 seconds, drawn up to a tenth longer; the rest is for a busy machine. */
    private static final Duration ONE_HEARTBEAT = Duration.ofSeconds(10);

    private static final long DISK_BYTES = 128L << 20;
    private static final Path FAKETIME = Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1");

    private OwnDocker docker;
    private Rig rig;
    private Host host;
    private Workspace workspace;
    private Workspace stopped;
    private long epoch = 1;

    @BeforeAll
    void start() {
        assumeTrue(OwnDocker.isPossible(), "not root, or no dockerd");
        docker = new OwnDocker("own-docker", DISK_BYTES).start();
        rig = new Rig("engine-trouble", docker.api());
        host = rig.register("troubled");
        host.agent().start();
        rig.awaitOnline(host, epoch);
        workspace = rig.create(host, "running", "tiny").await();
        workspace.write();
        stopped = rig.create(host, "stopped", "tiny").await().ask("stop").await();
    }

    @AfterAll
    void end() {
        if (rig != null) {
            rig.close();
        }
        if (docker != null) {
            docker.close();
        }
    }

    /** Whatever failed, the next one finds it awake. */
    @AfterEach
    void wake() {
        docker.resume();
    }

    private void stay() {
        // What is waited for is time itself.
        LockSupport.parkNanos(AWAY.toNanos());
    }

    /** As the server has it of the last heartbeat. */
    private boolean isToldUp() {
        try (var database = rig.server().database().connect();
                var query = database.prepareStatement("select engine_up from agent_session where host = ?")) {
            query.setString(1, host.id());
            try (var row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitToldDown() {
        Await.until("the engine is told to be down within a heartbeat", ONE_HEARTBEAT, () -> !isToldUp());
        Await.until(
                "why the workspace does not run",
                Rig.PATIENCE,
                () -> workspace.read().text("/observed/reason/code").equals("engine_unavailable"));
        assertThat(workspace.read().text("/observed/phase")).isEqualTo("failed");
        assertThat(stopped.read().text("/observed/phase"))
                .as("what rests is left as it was")
                .isEqualTo("stopped");
    }

    private void assertWell() {
        Await.until("the engine is told to be up", Rig.PATIENCE, this::isToldUp);
        workspace.await().assertExact();
        workspace.assertNothingLost();
        stopped.await().assertExact();
    }

    @Test
    @Order(1)
    void an_engine_that_was_stopped_is_told_of_and_found_again_when_it_is_back() {
        docker.stop();
        awaitToldDown();
        // What is asked for meanwhile is done afterwards.
        workspace.change("while-away");
        stay();
        docker.start();
        assertWell();
    }

    @Test
    @Order(2)
    void an_engine_that_hangs_is_told_of_and_nothing_is_done_twice_when_it_goes_on() {
        docker.pause();
        awaitToldDown();
        workspace.change("while-it-hangs");
        stay();
        docker.resume();
        assertWell();
    }

    @Test
    @Order(3)
    void an_engine_that_hangs_in_the_midst_of_a_change_makes_it_once() {
        workspace.change("right-before");
        docker.pause();
        Await.until("the engine is told to be down within a heartbeat", ONE_HEARTBEAT, () -> !isToldUp());
        docker.resume();
        assertWell();
    }

    @Test
    @Order(4)
    void a_full_disk_is_told_in_the_engines_words_and_mended_by_itself_once_there_is_room() throws IOException {
        assertWell();
        var filler = docker.root().resolve("filler");
        fill(filler);
        rig.define("""
                {"name":"large","dockerfile":"FROM trailer/tiny\\nRUN dd if=/dev/zero of=/large bs=1M count=8\\n"}""");
        var large = rig.create(host, "large", "large");
        Await.until("the step that failed, " + large, Rig.PATIENCE, () -> large.read()
                .text("/observed/reason/code")
                .equals("step_failed"));
        var told = large.read();
        assertThat(told.text("/observed/phase")).isEqualTo("failed");
        assertThat(told.text("/observed/reason/params/detail")).containsIgnoringCase("no space left on device");
        assertThat(workspace.read().text("/observed/phase")).as("others run on").isEqualTo("running");
        Files.delete(filler);
        large.await().assertExact();
        assertWell();
        large.delete(true);
        large.await().assertExact();
    }

    /** All but what an engine needs to live; in place of a day's logs. */
    private static void fill(Path filler) throws IOException {
        var zeros = new byte[64 << 10];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    @Order(5)
    void a_clock_that_is_an_hour_off_or_steps_by_one_changes_nothing() {
        assumeTrue(Files.exists(FAKETIME), "libfaketime is not installed");
        var offset = rig.folder().resolve("offset");
        setClock(offset, "+1h");
        host.agent().kill();
        // Only what a wall clock shows is off, as when somebody sets it wrong.
        host.agent()
                .start(Map.of(
                        "LD_PRELOAD",
                        FAKETIME.toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        offset.toString(),
                        "FAKETIME_CACHE_DURATION",
                        "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1"));
        rig.awaitOnline(host, ++epoch);
        workspace.change("an-hour-ahead").await();
        assertWell();
        setClock(offset, "-1h");
        workspace.change("an-hour-behind").await();
        stopped.ask("start").await().ask("stop").await();
        assertWell();
        // A container that ends by itself is started again, once.
        docker.api().post("/containers/" + workspace.container() + "/kill");
        Await.until(
                "started again",
                Rig.PATIENCE,
                () -> workspace.containers().getFirst().path("State").asString().equals("running"));
        assertWell();
        host.agent().kill();
        host.agent().start();
        rig.awaitOnline(host, ++epoch);
        assertWell();
    }

    private static void setClock(Path offset, String by) {
        try {
            var fresh = offset.resolveSibling(offset.getFileName() + ".new");
            Files.writeString(fresh, by + "\n");
            Files.move(fresh, offset, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
