package dev.trailer.agent.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.agent.protocol.Cause;
import dev.trailer.agent.protocol.Heartbeat;
import dev.trailer.agent.protocol.Phase;
import dev.trailer.agent.protocol.Step;
import dev.trailer.agent.protocol.WorkspaceReport;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One history, all of it decided by its seed: people change their minds, an agent reports in heartbeats that the network doubles
 * and delays, two servers take them, the agent's process is replaced now and then.
 */
final class HeartbeatHistory {
    /** The first process of a host. */
    private static final long FIRST_EPOCH = 1;

    private record UnderWay(AgentSession session, Heartbeat beat) {}

    private final Random random;
    private final FakeLedger ledger;
    private final List<HeartbeatIntake> servers = new ArrayList<>();
    private final List<UnderWay> underWay = new ArrayList<>();
    /** What the agent has said last. */
    private final Map<String, WorkspaceReport> told = new HashMap<>();

    private long epoch = FIRST_EPOCH;
    private long sequence;
    /** How often a report differed from the one before it: what may be recorded at most, if each heartbeat comes by itself. */
    private int changes;
    /** Two servers at one host at once may each record what the other has overtaken. */
    private int overlaps;

    private boolean nested;

    HeartbeatHistory(long seed) {
        random = new Random(seed);
        ledger = new FakeLedger(random);
        for (int server = 0; server < 2; server++) {
            int other = 1 - server;
            servers.add(ledger.server(() -> meanwhile(other)));
        }
    }

    /** @return how many observations were recorded */
    int run(int steps) {
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(10)) {
                case 0, 1 -> ledger.somebodyChangesTheirMind();
                case 2, 3, 4 -> beat();
                case 5, 6, 7, 8 -> deliver(random.nextInt(2));
                default -> restartNowAndThen();
            }
        }
        calmDown();
        return ledger.observations();
    }

    /** Something else happens while a server is in the midst of a heartbeat: the other one gets one too. */
    private void meanwhile(int server) {
        if (!nested && random.nextInt(4) == 0) {
            nested = true;
            overlaps++;
            deliver(server);
            nested = false;
        }
    }

    private void restartNowAndThen() {
        if (random.nextInt(4) == 0) {
            epoch++;
            sequence = 0;
            told.clear();
            ledger.turns().open(epoch);
        }
    }

    private void beat() {
        beat(ledger.workspaces().stream().map(this::seen).toList());
    }

    private void beat(List<WorkspaceReport> reports) {
        for (var report : reports) {
            if (!report.equals(told.put(report.workspace(), report))) {
                changes++;
            }
        }
        var beat =
                new Heartbeat(epoch, ++sequence, true, null, null, reports, List.of(), List.of(), List.of(), List.of());
        for (int copies = random.nextInt(3); copies >= 0; copies--) {
            underWay.add(new UnderWay(session(), beat));
        }
    }

    private AgentSession session() {
        return new AgentSession(FakeLedger.HOST, epoch);
    }

    /** Mostly as before; of an intent that may be overtaken, since the agent hears of it late. */
    private WorkspaceReport seen(String workspace) {
        var before = told.get(workspace);
        if (before != null && random.nextInt(3) > 0) {
            return before;
        }
        long generation = Math.max(1, ledger.generation(workspace) - random.nextInt(2));
        return switch (random.nextInt(5)) {
            case 0 ->
                new WorkspaceReport(
                        workspace, generation, Phase.PREPARING, new Cause.Working(Step.CREATE_CONTAINER), null);
            case 1 -> new WorkspaceReport(workspace, generation, Phase.FAILED, new Cause.CrashLoop(1, false), "c");
            case 2 -> new WorkspaceReport(workspace, generation, Phase.STOPPED, null, "c");
            default -> new WorkspaceReport(workspace, generation, Phase.RUNNING, null, "c");
        };
    }

    private void deliver(int server) {
        if (underWay.isEmpty()) {
            return;
        }
        var next = underWay.remove(random.nextInt(underWay.size()));
        try {
            servers.get(server).receive(next.session, next.beat);
        } catch (Refused e) {
            // Superseded, or the ledger was away: the agent goes on with its next heartbeat.
            assertThat(e.reason()).isInstanceOfAny(Reason.EpochSuperseded.class, Reason.LedgerUnavailable.class);
        }
    }

    /** The agent has done what is desired and says so, twice; then comes all that is still under way. */
    private void calmDown() {
        ledger.healForGood();
        var last = ledger.workspaces().stream()
                .map(workspace -> ledger.isDeleting(workspace)
                        ? new WorkspaceReport(workspace, ledger.generation(workspace), Phase.GONE, null, null)
                        : new WorkspaceReport(workspace, ledger.generation(workspace), Phase.STOPPED, null, "last"))
                .toList();
        nested = true;
        beat(last);
        while (!underWay.isEmpty()) {
            deliver(random.nextInt(2));
        }
        for (var report : last) {
            if (report.phase() == Phase.GONE) {
                assertThat(ledger.isThere(report.workspace()))
                        .as("deleted and gone")
                        .isFalse();
            } else {
                assertThat(Reports.command(report))
                        .isEqualTo(new RecordObservation(
                                new WorkspaceId(report.workspace()), ledger.observed(report.workspace())));
            }
        }
        assertThat(ledger.repeats())
                .as("observations equal to those before them")
                .isZero();
        assertThat(ledger.observations())
                .as("observations, of %d changes and %d overlaps", changes, overlaps)
                .isLessThanOrEqualTo(changes + overlaps * ledger.workspaces().size());
    }
}
