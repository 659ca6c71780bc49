package dev.trailer.e2e.faults;

import dev.trailer.e2e.process.DatabaseProxy;
import dev.trailer.e2e.process.ExternalPostgres;
import dev.trailer.e2e.process.Places;
import dev.trailer.e2e.process.ServerProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** PostgreSQL is killed, cut off, silent or slow under load; the server lives on. */
@Faults
class DatabaseAwayTest {
    /** What happens to a database of one's own, or to the way to it. */
    private enum Fault {
        KILLED,
        CUT,
        REFUSED,
        SILENT,
        /** All connections die and nobody is told, as at a fail-over; new ones work. */
        ABANDONED,
        SLOW
    }

    private static final Duration LATENCY = Duration.ofSeconds(5);
    private static final Duration AWAY = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofSeconds(8);
    /** PostgreSQL recovers, the pool's and the committer's connections are made anew. */
    private static final Duration RECOVERY = Duration.ofSeconds(20);
    /** Who waits for an answer from a connection that is dead gives up after 30 seconds. */
    private static final Duration NOTICED = Duration.ofSeconds(45);

    @Test
    void a_server_brings_its_own_database_back_whenever_that_is_killed() throws Exception {
        int kills = Campaign.count(6, 60);
        try (var server = new ServerProcess(Places.fresh("database-own"), null)) {
            server.start().awaitReady();
            var admin = server.client();
            var outage = new Outage(admin);
            try (var campaign = new Campaign("DatabaseAwayTest", server.database(), List.of(() -> admin))) {
                for (int i = 0; i < kills; i++) {
                    campaign.step("kill %d of %d".formatted(i + 1, kills), () -> {
                        campaign.awaitProgress(1 + campaign.random().nextInt(40));
                        server.killDatabase();
                        outage.nothingIsWronglyAnswered();
                        outage.recoversWithin(RECOVERY);
                        campaign.checks().afterFault();
                    });
                    campaign.say((i + 1) + " kills of its own PostgreSQL");
                }
                campaign.step("the end", () -> campaign.finish(admin));
            }
        }
    }

    @Test
    void a_server_outlives_a_database_of_ones_own_that_is_killed_cut_off_silent_or_slow() throws Exception {
        try (var postgres = ExternalPostgres.start();
                var way = new DatabaseProxy(postgres.database().port());
                var server = new ServerProcess(
                        Places.fresh("database-external"), postgres.database().through(way))) {
            server.start().awaitReady();
            var admin = server.client();
            var outage = new Outage(admin);
            try (var campaign = new Campaign("DatabaseAwayTest", postgres.database(), List.of(() -> admin))) {
                var plan = plan(campaign.random());
                for (int i = 0; i < plan.size(); i++) {
                    var fault = plan.get(i);
                    campaign.step("fault %d of %d, %s".formatted(i + 1, plan.size(), fault), () -> {
                        campaign.awaitProgress(1 + campaign.random().nextInt(40));
                        happens(fault, postgres, way, outage, campaign);
                        outage.recoversWithin(fault == Fault.ABANDONED ? NOTICED : RECOVERY);
                        campaign.checks().afterFault();
                    });
                    campaign.say((i + 1) + " faults, the last " + fault);
                }
                campaign.step("the end", () -> campaign.finish(admin));
            }
        }
    }

    private static List<Fault> plan(Random random) {
        var plan = new ArrayList<Fault>();
        plan.addAll(Collections.nCopies(Campaign.count(4, 40), Fault.KILLED));
        plan.addAll(Collections.nCopies(Campaign.count(3, 30), Fault.CUT));
        plan.addAll(Collections.nCopies(Campaign.count(2, 20), Fault.REFUSED));
        plan.addAll(Collections.nCopies(Campaign.count(2, 20), Fault.SILENT));
        plan.addAll(Collections.nCopies(Campaign.count(1, 10), Fault.ABANDONED));
        plan.addAll(Collections.nCopies(Campaign.count(2, 20), Fault.SLOW));
        Collections.shuffle(plan, random);
        return plan;
    }

    private static void happens(
            Fault fault, ExternalPostgres postgres, DatabaseProxy way, Outage outage, Campaign campaign) {
        switch (fault) {
            case KILLED -> {
                postgres.kill();
                outage.everythingIsUnavailable();
                postgres.startAgain();
            }
            case CUT -> {
                way.cut();
                outage.nothingIsWronglyAnswered();
            }
            case REFUSED -> {
                way.refuse();
                outage.everythingIsUnavailable();
                campaign.linger(AWAY);
                way.mend();
            }
            case SILENT -> {
                way.hold();
                outage.nothingIsWronglyAnsweredWhile(() -> {
                    campaign.linger(SILENCE);
                    way.mend();
                });
            }
            case ABANDONED -> {
                way.abandon();
                outage.nothingIsWronglyAnswered();
            }
            case SLOW -> {
                way.delay(LATENCY);
                outage.nothingIsWronglyAnsweredWhile(() -> {
                    campaign.linger(LATENCY.multipliedBy(2));
                    way.mend();
                });
            }
        }
    }
}
