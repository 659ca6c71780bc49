package dev.trailer.e2e.agentfaults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.agentfaults.Rig.Host;
import dev.trailer.e2e.faults.FaultControl;
import dev.trailer.e2e.faults.Faults;
import dev.trailer.e2e.faults.agent.AgentPoints;
import dev.trailer.e2e.process.AgentProcess;
import dev.trailer.e2e.process.Await;
import dev.trailer.e2e.process.EngineApi;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Whoever must not act does not: a superseded agent, another host's agent, an agent whose server has forgotten. */
@Faults
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class FencingTest {
    private static final String WHY = "another process opened a session for this host; this one is down until";
    /** A lease with few hosts is 13 seconds. */
    private static final Duration PAST_THE_LEASE = Duration.ofSeconds(15);
    /** An agent that acts does so at once; this is many times as long. */
    private static final Duration NOTHING_HAPPENS = Duration.ofSeconds(3);

    private final Rig rig = new Rig("fencing", EngineApi.ofThisMachine());

    @AfterAll
    void end() {
        rig.close();
    }

    private Host started(String name, String... javaOptions) {
        var host = rig.register(name);
        host.agent().start(javaOptions);
        rig.awaitOnline(host, 1);
        return host;
    }

    private AgentProcess twinOf(Host host) {
        return rig.manage(host.agent().copied(rig.folder().resolve(host.name() + "-twin")));
    }

    private static void awaitFenced(AgentProcess agent) {
        Await.until("the other process says why it is down", Rig.PATIENCE, () -> agent.said()
                .contains(WHY));
    }

    @Test
    @Order(1)
    void of_two_processes_with_one_hosts_credentials_the_last_acts_and_the_other_stays_down_and_says_why() {
        var host = started("twins");
        var workspace = rig.create(host, "twins", "tiny").await();
        workspace.write();
        var twin = twinOf(host).start();
        rig.awaitOnline(host, 2);
        awaitFenced(host.agent());
        workspace.change("by-the-second").await();
        workspace.assertExact();
        workspace.assertNothingLost();

        // Also when it is the only one left.
        twin.kill();
        workspace.ask("stop");
        var container = workspace.container();
        Awaitility.await()
                .during(NOTHING_HAPPENS)
                .atMost(Rig.PATIENCE)
                .until(() -> workspace.container().equals(container)
                        && workspace
                                .containers()
                                .getFirst()
                                .path("State")
                                .asString()
                                .equals("running"));
        assertThat(rig.read(host).number("/agent/epoch"))
                .as("it has not come back by itself")
                .isEqualTo(2);
        host.agent().kill();
        host.agent().start();
        rig.awaitOnline(host, 3);
        workspace.await().assertExact();
        host.agent().close();
    }

    @Test
    @Order(2)
    void one_that_was_paused_past_its_lease_in_the_midst_of_a_call_makes_that_call_and_no_other() {
        try (var control = new FaultControl()) {
            var host = started("paused", control.javaOption());
            var workspace = rig.create(host, "paused", "tiny").await();
            workspace.write();
            control.arm(AgentPoints.before("createContainer"), 1);
            workspace.change("by-the-first");
            assertThat(control.awaitHit(Rig.PATIENCE)).isTrue();
            host.agent().pause();
            long paused = System.nanoTime();
            var twin = twinOf(host).start();
            rig.awaitOnline(host, 2);
            workspace.await();
            workspace.change("by-the-second").await();
            var container = workspace.container();
            // What is waited for is time itself.
            LockSupport.parkNanos(PAST_THE_LEASE.toNanos() - (System.nanoTime() - paused));

            int before = host.agent().said().length();
            host.agent().resume();
            control.release();
            awaitFenced(host.agent());
            Await.until("the call in flight is over", Rig.PATIENCE, () -> outcomes(host, before).stream()
                    .anyMatch(line -> line.contains("CREATE_CONTAINER")));
            Await.until(
                    "only the second's container is left",
                    Rig.PATIENCE,
                    () -> workspace.containers().size() == 1);
            assertThat(workspace.container()).isEqualTo(container);
            assertThat(outcomes(host, before).stream().filter(line -> line.endsWith(" done")))
                    .as("what the first has done since: " + host.agent().said().substring(before))
                    .hasSizeLessThanOrEqualTo(1);
            workspace.await().assertExact();
            workspace.assertNothingLost();
            twin.close();
        }
    }

    /** Lines of its log that say how a step ended. */
    private static List<String> outcomes(Host host, int from) {
        return host.agent()
                .said()
                .substring(from)
                .lines()
                .filter(line -> line.contains(" ms "))
                .toList();
    }

    @Test
    @Order(3)
    void two_hosts_on_one_engine_leave_each_others_things_alone() {
        var here = started("here");
        var there = started("there");
        var theirs = rig.create(there, "theirs", "tiny").await();
        theirs.write();
        var before = theirs.containers();
        var kept = rig.create(here, "kept", "tiny").await();
        var gone = rig.create(here, "gone", "tiny").await();
        kept.change("again");
        gone.delete(true);
        kept.await();
        gone.await().assertExact();
        here.agent().kill();
        here.agent().start();
        rig.awaitOnline(here, 2);
        kept.ask("stop").await().assertExact();
        assertThat(theirs.containers().stream().map(FencingTest::withoutUptime))
                .isEqualTo(before.stream().map(FencingTest::withoutUptime).toList());
        theirs.assertExact();
        theirs.assertNothingLost();
        here.agent().close();
        there.agent().close();
    }

    private static String withoutUptime(JsonNode container) {
        return container.path("Id").asString()
                + container.path("State").asString()
                + container.path("Names")
                + container.path("Labels");
    }

    @Test
    @Order(4)
    void a_server_that_has_forgotten_a_workspace_has_nothing_removed() throws Exception {
        var host = started("forgotten");
        rig.server().stop();
        var old = rig.folder().resolve("old");
        Copies.copy(rig.server().data(), old);
        rig.server().start().awaitReady();
        var workspace = rig.create(host, "forgotten", "tiny").await();
        workspace.write();
        var container = workspace.container();

        // An older state of the same timeline is refused: nobody has restored it on purpose.
        rig.server().stop();
        Copies.copy(old, rig.server().data());
        rig.server().start().awaitReady();
        Await.until("the agent refuses it", Rig.PATIENCE, () -> host.agent()
                .said()
                .contains("refused desired state of revision"));
        assertThat(workspace.container()).isEqualTo(container);

        // One of another timeline is taken, and asks for nothing: which removes nothing.
        try (var database = rig.server().database().connect();
                var statement = database.createStatement()) {
            assertThat(statement.executeUpdate("update ledger_head set timeline = 'restored'"))
                    .isEqualTo(1);
        }
        rig.server().stop();
        rig.server().start().awaitReady();
        var next = rig.create(host, "next", "tiny").await();
        assertThat(workspace.container()).isEqualTo(container);
        workspace.assertNothingLost();
        next.delete(true);
        next.await();
        assertThat(workspace.container()).isEqualTo(container);
        host.agent().close();
    }
}
