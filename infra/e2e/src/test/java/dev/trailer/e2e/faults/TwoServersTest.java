package dev.trailer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.faults.agent.Points;
import dev.trailer.e2e.faults.model.Automation;
import dev.trailer.e2e.process.Client;
import dev.trailer.e2e.process.DatabaseProxy;
import dev.trailer.e2e.process.ExternalPostgres;
import dev.trailer.e2e.process.Places;
import dev.trailer.e2e.process.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Two servers on one database: one is killed, paused or cut off in turn, while the other goes on. */
@Faults
class TwoServersTest {
    private enum Fault {
        KILLED,
        /** While it holds the ledger's head row and a follower's. */
        PAUSED,
        /** Nothing comes through, and nobody says so. */
        CUT_OFF
    }

    /** How long a change on the surviving server may not get through, or not show. */
    private static final Duration BOUND = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration CUT = Duration.ofSeconds(15);
    private static final Duration COMES_BY = Duration.ofSeconds(20);

    /** One server with what may be done to it. */
    private record Node(ServerProcess server, DatabaseProxy way, FaultControl control) implements AutoCloseable {
        static Node on(ExternalPostgres postgres, String name) {
            var way = new DatabaseProxy(postgres.database().port());
            return new Node(
                    new ServerProcess(Places.fresh(name), postgres.database().through(way)), way, new FaultControl());
        }

        Node start() {
            server.start(control.hastyJavaOption()).awaitReady();
            return this;
        }

        Client admin() {
            return server.client();
        }

        @Override
        public void close() {
            server.close();
            way.close();
            control.close();
        }
    }

    private final List<String> late = new ArrayList<>();

    @Test
    void while_one_of_two_servers_is_killed_paused_or_cut_off_the_other_goes_on_and_nothing_is_done_twice()
            throws Exception {
        try (var postgres = ExternalPostgres.start();
                var a = Node.on(postgres, "two-servers-a").start();
                var b = Node.on(postgres, "two-servers-b").start();
                var campaign = new Campaign("TwoServersTest", postgres.database(), List.of(a::admin, b::admin))) {
            campaign.history().serverMayGo(true);
            var automation = new Automation(campaign.checks().model());
            var plan = plan(campaign.random());
            for (int i = 0; i < plan.size(); i++) {
                var fault = plan.get(i);
                var victim = campaign.random().nextBoolean() ? a : b;
                var what = "round %d of %d, %s %s".formatted(i + 1, plan.size(), victim.equals(a) ? "a" : "b", fault);
                var chores = new Chores(
                        postgres.database(),
                        a.admin(),
                        "r" + i,
                        campaign.random().nextLong());
                campaign.step(what, () -> {
                    round(fault, victim, victim.equals(a) ? b : a, chores, campaign, what);
                    campaign.checks().afterFault();
                    chores.wereDoneOnce(automation);
                    automation.check();
                });
                campaign.say(what);
            }
            campaign.step("the end", () -> campaign.finish(a.admin()));
            assertThat(late)
                    .as("waits on the surviving server beyond %s", BOUND)
                    .isEmpty();
        }
    }

    private static List<Fault> plan(Random random) {
        var plan = new ArrayList<Fault>();
        for (Fault fault : Fault.values()) {
            plan.addAll(Collections.nCopies(Campaign.count(1, 10), fault));
        }
        Collections.shuffle(plan, random);
        return plan;
    }

    private void round(Fault fault, Node victim, Node other, Chores chores, Campaign campaign, String what)
            throws Exception {
        campaign.awaitProgress(1 + campaign.random().nextInt(40));
        var watched = other.admin()
                .post("/api/v1/workspaces", """
                        {"name":"watched-%d","image":"base","resources":{"cpus":0.1,"memoryBytes":16777216},"desired":"stopped"}""".formatted(campaign.random().nextInt(1_000_000)))
                .expect(201)
                .text("/id");
        try (var survivor = new Survivor(other.admin(), watched)) {
            begins(fault, victim);
            chores.areDue();
            lasts(fault, victim, campaign);
            chores.awaitDone();
            victim.server().awaitReady();
            note(what, "for a change", survivor.longestToChange());
            note(what, "for all views", survivor.longestToShow());
        }
    }

    private static void begins(Fault fault, Node victim) {
        switch (fault) {
            case KILLED -> {
                victim.control().arm(Points.BEFORE_COMMIT, 1);
                assertThat(victim.control().awaitHit(COMES_BY)).isTrue();
                victim.server().kill();
            }
            case PAUSED -> {
                victim.control().arm(Points.TOKEN, 1);
                // The other server may be the one that follows; then the ledger's head alone is held.
                boolean follows = victim.control().awaitHit(Duration.ofSeconds(2));
                System.out.printf("  TwoServersTest: it holds the head%s%n", follows ? " and a follower" : "");
                victim.control().arm(Points.BEFORE_COMMIT, 1);
                assertThat(victim.control().awaitHit(COMES_BY)).isTrue();
                victim.server().pause();
            }
            case CUT_OFF -> victim.way().hold();
        }
    }

    private static void lasts(Fault fault, Node victim, Campaign campaign) {
        switch (fault) {
            case KILLED -> {
                campaign.linger(Duration.ofSeconds(5));
                var unused = victim.start();
            }
            case PAUSED -> {
                LockSupport.parkNanos(PAUSE.toNanos());
                victim.server().resume();
                victim.control().release();
            }
            case CUT_OFF -> {
                LockSupport.parkNanos(CUT.toNanos());
                victim.way().mend();
            }
        }
    }

    private void note(String round, String what, Duration waited) {
        System.out.printf("  TwoServersTest: %s: the longest wait %s was %d ms%n", round, what, waited.toMillis());
        if (waited.compareTo(BOUND) > 0) {
            late.add("%s: %d ms %s".formatted(round, waited.toMillis(), what));
        }
    }
}
