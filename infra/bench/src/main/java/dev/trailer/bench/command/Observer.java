package dev.trailer.bench.command;

import dev.trailer.bench.command.Callers.Caller;
import dev.trailer.domain.workspace.Observation;
import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.WorkspaceId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Reports something new of one workspace after the other: each time another container, so that each report is an event. One
 * thread.
 */
final class Observer implements Caller {
    /**
     * Over all callers. So many that a workspace's history stays at some dozen events in a whole run, as it is in life: each
     * command reads its workspace's history.
     */
    static final int WORKSPACES = 2_048;

    private static final HexFormat HEX = HexFormat.of();

    private final Gateway gateway;
    private final List<WorkspaceId> workspaces;
    private long reports;

    private Observer(Gateway gateway, List<WorkspaceId> workspaces) {
        this.gateway = gateway;
        this.workspaces = workspaces;
    }

    /** So many observers, who share the workspaces out among them. */
    static List<Observer> several(int count, Gateway gateway, List<WorkspaceId> workspaces) {
        var observers = new ArrayList<Observer>();
        int share = workspaces.size() / count;
        for (int i = 0; i < count; i++) {
            observers.add(new Observer(gateway, workspaces.subList(i * share, (i + 1) * share)));
        }
        return observers;
    }

    @Override
    public void call() {
        report();
    }

    /** @return the position that it was recorded at */
    long report() {
        var workspace = workspaces.get((int) (reports % workspaces.size()));
        reports++;
        // As long as the engine's own ids: 64 digits.
        var container = HEX.toHexDigits(System.nanoTime()).repeat(4);
        return gateway.observe(workspace, new Observation(Phase.RUNNING, 1, null, container));
    }
}
