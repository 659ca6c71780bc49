package dev.trailer.agent.gateway;

import dev.trailer.agent.gateway.metrics.GpuMetricStore;
import dev.trailer.agent.gateway.metrics.MetricStore;
import dev.trailer.agent.protocol.DesiredState;
import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.Resources;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.facts.Actor;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.HostRef;
import dev.trailer.domain.image.ImageId;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.name.HostName;
import dev.trailer.domain.name.ImageName;
import dev.trailer.domain.name.WorkspaceName;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.workspace.Desired;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceCommand;
import dev.trailer.domain.workspace.WorkspaceCommand.CreateWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.DeleteWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.RestartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StopWorkspace;
import dev.trailer.domain.workspace.WorkspaceEvent;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceId;
import dev.trailer.domain.workspace.WorkspaceRules;
import dev.trailer.domain.workspace.WorkspaceSpec;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The real rules over events in memory, failing now and then; what several intakes share. One thread. */
final class FakeLedger implements Commands, Placement, DesiredSource {
    static final HostId HOST = new HostId("01900000-0000-7000-8000-000000000004");
    private static final ImageRef IMAGE =
            new ImageRef(new ImageId("01900000-0000-7000-8000-000000000003"), new ImageName("base"), 1);
    private static final int WORKSPACES = 3;

    private final Random random;
    private final FakeTurns turns = new FakeTurns();
    private final Map<String, Workspace> states = new LinkedHashMap<>();
    private boolean mayFail = true;
    private int observations;
    private int repeats;

    FakeLedger(Random random) {
        this.random = random;
        for (int n = 1; n <= WORKSPACES; n++) {
            var id = new WorkspaceId("00000000-0000-4000-8000-00000000d%03x".formatted(n));
            var spec = new WorkspaceSpec(
                    new WorkspaceName("w-" + n),
                    new Resources(100, 64 << 20, 0),
                    new LinkedHashMap<>(),
                    List.of(),
                    List.of(),
                    null);
            var owner = new AccountId("01900000-0000-7000-8000-000000000005");
            var host = new HostRef(HOST, new HostName("attic"));
            record(id.value(), new CreateWorkspace(id, owner, spec, IMAGE, host, Desired.RUNNING));
        }
    }

    /**
     * Another server.
     *
     * @param sending called in the midst of its work
     */
    HeartbeatIntake server(Runnable sending) {
        var calm = new Calm(System::nanoTime);
        var nowhere = noDatabase();
        Commands commands = (actor, command, writes) -> {
            sending.run();
            send(actor, command, writes);
            sending.run();
        };
        return new HeartbeatIntake(
                turns,
                new AgentSessions(new Database(unread(), calm)),
                new MetricStore(JdbcClient.create(nowhere)),
                new VolumeSizes(new Database(nowhere, calm)),
                new GpuMetricStore(JdbcClient.create(nowhere)),
                new HostImageStore(new Database(nowhere, calm)),
                commands,
                this,
                this,
                new Pacer(() -> 1),
                calm);
    }

    /** Heartbeats of these histories have nothing for it. */
    private static DataSource noDatabase() {
        return (DataSource) Proxy.newProxyInstance(
                FakeLedger.class.getClassLoader(), new Class<?>[] {DataSource.class}, (_, method, _) -> {
                    throw new AssertionError("nobody should ask a database: " + method);
                });
    }

    /** Takes every write and keeps none: what strays there were before is cleared once. */
    private static DataSource unread() {
        return taking(DataSource.class);
    }

    private static <T> T taking(Class<T> type) {
        return type.cast(
                Proxy.newProxyInstance(FakeLedger.class.getClassLoader(), new Class<?>[] {type}, (_, method, _) -> {
                    Class<?> answer = method.getReturnType();
                    if (answer == int.class) {
                        return 0;
                    }
                    if (answer == boolean.class) {
                        return false;
                    }
                    return answer == Connection.class || answer == PreparedStatement.class ? taking(answer) : null;
                }));
    }

    FakeTurns turns() {
        return turns;
    }

    // ---- What people do ----

    void somebodyChangesTheirMind() {
        var id = List.copyOf(states.keySet()).get(random.nextInt(states.size()));
        var workspace = new WorkspaceId(id);
        var command =
                switch (random.nextInt(8)) {
                    case 0 -> new DeleteWorkspace(workspace, null);
                    case 1, 2 -> new StopWorkspace(workspace, StopCause.REQUEST, null);
                    case 3, 4 -> new RestartWorkspace(workspace, IMAGE, null);
                    default -> new StartWorkspace(workspace, IMAGE, null);
                };
        try {
            record(id, command);
        } catch (Refused e) {
            // It is being deleted.
            assert !(e.reason() instanceof Reason.LedgerUnavailable);
        }
    }

    // ---- What servers do ----

    @Override
    public void send(Actor actor, DomainCommand command, List<GatewayWrite> sideWrites) {
        int dice = mayFail ? random.nextInt(30) : 2;
        if (dice == 0) {
            throw new Refused(new Reason.LedgerUnavailable());
        }
        if (command instanceof WorkspaceCommand ofWorkspace) {
            record(command.target(), ofWorkspace);
        }
        sideWrites.stream().filter(write -> write.sql().contains("online")).forEach(_ -> turns.online());
        if (dice == 1) {
            // Recorded, though nobody is told so.
            throw new Refused(new Reason.LedgerUnavailable());
        }
    }

    private void record(String id, WorkspaceCommand command) {
        for (WorkspaceEvent event :
                WorkspaceRules.decide(states.get(id), command).events()) {
            var before = states.get(id);
            if (event instanceof WorkspaceObserved seen) {
                observations++;
                repeats += before != null && before.observed().equals(seen.observation()) ? 1 : 0;
            }
            states.put(id, Workspace.evolve(before, event));
        }
    }

    void healForGood() {
        mayFail = false;
    }

    @Override
    public boolean isOn(String workspaceOrVolume, String host) {
        return isThere(workspaceOrVolume);
    }

    @Override
    public Set<String> on(String host) {
        return Set.copyOf(states.keySet());
    }

    @Override
    public boolean builds(String image, int build, String host) {
        return true;
    }

    @Override
    public String timeline() {
        return "t";
    }

    @Override
    public long revision(String host) {
        return 1;
    }

    @Override
    public DesiredState whole(String host) {
        throw new UnsupportedOperationException();
    }

    @Override
    public DesiredState after(String host, long revision) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean await(String host, long revision, Duration atMost) {
        throw new UnsupportedOperationException();
    }

    // ---- What has come of it ----

    List<String> workspaces() {
        return List.copyOf(states.keySet());
    }

    private Workspace state(String workspace) {
        var state = states.get(workspace);
        if (state == null) {
            throw new AssertionError("no workspace " + workspace);
        }
        return state;
    }

    long generation(String workspace) {
        return state(workspace).generation();
    }

    Observation observed(String workspace) {
        return state(workspace).observed();
    }

    boolean isDeleting(String workspace) {
        return state(workspace).life() != Workspace.Life.ACTIVE;
    }

    boolean isThere(String workspace) {
        return state(workspace).life() != Workspace.Life.GONE;
    }

    int observations() {
        return observations;
    }

    int repeats() {
        return repeats;
    }
}
