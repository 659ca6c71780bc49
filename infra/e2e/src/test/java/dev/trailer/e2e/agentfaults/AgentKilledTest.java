package dev.trailer.e2e.agentfaults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.agentfaults.Rig.Host;
import dev.trailer.e2e.faults.FaultControl;
import dev.trailer.e2e.faults.Faults;
import dev.trailer.e2e.faults.agent.AgentPoints;
import dev.trailer.e2e.faults.agent.Point;
import dev.trailer.e2e.process.EngineApi;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of an agent's process before and after each call that changes something on its engine. Each kill finds several
 * workspaces in the midst of such a call, each at a point of its own.
 */
@Faults
class AgentKilledTest {
    /** Of each point. */
    private static final int PLAIN = 3;

    private static final int IN_THE_LONG_RUN = 10;
    /** How many calls are under way when it is killed; fewer than an agent makes at once. */
    private static final int AT_ONCE = 5;

    @Test
    void killed_before_or_after_any_call_of_its_engine_it_ends_in_exactly_what_is_desired() {
        long seed = Long.getLong("trailer.faults.seed", new Random().nextLong(1_000_000_000L));
        System.out.printf(
                "fault seed=%d scenario=AgentKilledTest; again: infra/e2e/replay %d AgentKilledTest%n", seed, seed);
        boolean isLong = "long".equals(System.getProperty("trailer.e2e"));
        var rounds = rounds(isLong ? IN_THE_LONG_RUN : PLAIN, new Random(seed));
        try (var control = new FaultControl();
                var rig = new Rig("agent-killed", EngineApi.ofThisMachine())) {
            var host = rig.register("killed");
            host.agent().start(control.javaOption());
            rig.awaitOnline(host, 1);
            rig.awaitBaseBuilt(host);
            var scene = new Scene(rig, host, AT_ONCE);
            for (int i = 0; i < rounds.size(); i++) {
                try {
                    round(rounds.get(i), scene, control, host, i + 2);
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError(
                            "seed %d, round %d, killed at %s".formatted(seed, i + 1, rounds.get(i)), e);
                }
            }
            System.out.printf("  %d kills at %d calls: nothing lost, nothing left%n", rounds.size(), count(rounds));
        }
    }

    private static void round(List<Point> points, Scene scene, FaultControl control, Host host, long epoch) {
        for (Point point : points) {
            control.arm(point.name(), 1);
            scene.provoke(AgentPoints.callOf(point));
            assertThat(control.awaitHit(Rig.PATIENCE))
                    .as("it comes by " + point)
                    .isTrue();
        }
        host.agent().kill();
        host.agent().start(control.javaOption());
        scene.settle(epoch);
    }

    private static int count(List<List<Point>> rounds) {
        return rounds.stream().mapToInt(List::size).sum();
    }

    /** Every point so many times, in random company; a call of one kind once in each round, as its image lane is one. */
    private static List<List<Point>> rounds(int each, Random random) {
        var all = new ArrayList<Point>();
        for (int i = 0; i < each; i++) {
            all.addAll(AgentPoints.ALL);
        }
        Collections.shuffle(all, random);
        var rounds = new ArrayList<List<Point>>();
        while (!all.isEmpty()) {
            var round = new ArrayList<Point>();
            Set<String> calls = new HashSet<>();
            for (Point point : List.copyOf(all)) {
                if (round.size() < AT_ONCE && calls.add(AgentPoints.callOf(point))) {
                    round.add(point);
                    all.remove(point);
                }
            }
            rounds.add(round);
        }
        return rounds;
    }
}
