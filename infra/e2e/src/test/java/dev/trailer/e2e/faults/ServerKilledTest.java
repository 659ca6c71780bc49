package dev.trailer.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.e2e.faults.agent.Point;
import dev.trailer.e2e.faults.agent.Points;
import dev.trailer.e2e.process.Places;
import dev.trailer.e2e.process.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the server, at random and at each named point, under load. */
@Faults
class ServerKilledTest {
    private static final String AT_RANDOM = "random";
    private static final Duration COMES_BY = Duration.ofSeconds(20);
    /** Passes of the armed point before the fatal one, at most. */
    private static final int PASSES = 25;

    @Test
    void whatever_moment_a_server_is_killed_at_what_it_acknowledged_is_there_once_and_whole() throws Exception {
        int kills = Campaign.count(30, 300);
        try (var control = new FaultControl();
                var server = new ServerProcess(Places.fresh("server-killed"), null)) {
            server.start(control.javaOption()).awaitReady();
            var admin = server.client();
            try (var campaign = new Campaign("ServerKilledTest", server.database(), List.of(() -> admin))) {
                campaign.history().serverMayGo(true);
                var plan = plan(kills, campaign.random());
                for (int i = 0; i < plan.size(); i++) {
                    var point = plan.get(i);
                    campaign.step("kill %d of %d, %s".formatted(i + 1, kills, point), () -> {
                        kill(server, control, campaign, point);
                        // While the next life begins: the database goes on without it.
                        server.start(control.javaOption());
                        campaign.checks().afterFault();
                        server.awaitReady();
                    });
                    if (i % 10 == 9) {
                        campaign.say((i + 1) + " kills, the last at " + point);
                    }
                }
                campaign.step("the end", () -> campaign.finish(admin));
                assertThat(campaign.checks().model().position()).isGreaterThan(kills);
            }
        }
    }

    /** Each point as often as a third of all kills allows, at least twice; the rest at random. */
    private static List<String> plan(int kills, Random random) {
        var plan = new ArrayList<String>();
        int each = Math.max(2, kills / 3 / Points.ALL.size());
        for (Point point : Points.ALL) {
            plan.addAll(Collections.nCopies(each, point.name()));
        }
        while (plan.size() < kills) {
            plan.add(AT_RANDOM);
        }
        Collections.shuffle(plan, random);
        return plan;
    }

    private static void kill(ServerProcess server, FaultControl control, Campaign campaign, String point) {
        campaign.awaitProgress(1 + campaign.random().nextInt(40));
        if (point.equals(AT_RANDOM)) {
            campaign.linger(Duration.ofMillis(500));
            if (campaign.random().nextInt(4) == 0) {
                server.pause();
                campaign.linger(Duration.ofMillis(500));
                server.resume();
            }
        } else {
            control.arm(point, 1 + campaign.random().nextInt(PASSES));
            assertThat(control.awaitHit(COMES_BY))
                    .as("somebody comes by %s", point)
                    .isTrue();
        }
        server.kill();
    }
}
