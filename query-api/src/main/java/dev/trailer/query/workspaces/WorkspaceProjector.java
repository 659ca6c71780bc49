package dev.trailer.query.workspaces;

import dev.trailer.domain.facts.RecordedEvent;
import dev.trailer.domain.workspace.Workspace;
import dev.trailer.domain.workspace.WorkspaceEvent;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import dev.trailer.query.view.Column;
import dev.trailer.query.view.Projector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One row per workspace, until its host has removed it. */
public final class WorkspaceProjector implements Projector<WorkspaceRow> {
    public static final String NAME = "workspaces";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 3;
    }

    @Override
    public Class<WorkspaceRow> row() {
        return WorkspaceRow.class;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("name", "state", "spec", "name"),
                Column.text("owner", "state", "owner"),
                Column.text("host", "state", "host", "name"),
                Column.text("phase", "state", "observed", "phase"));
    }

    @Override
    public List<List<String>> indexes() {
        return List.of(List.of("owner", "id"), List.of("host", "id"), List.of("phase", "id"));
    }

    @Override
    public boolean concerns(String type) {
        return type.startsWith("workspace.");
    }

    @Override
    public List<String> keys(RecordedEvent event) {
        return event.event() instanceof WorkspaceEvent e ? List.of(e.workspace().value()) : List.of();
    }

    @Override
    public @Nullable WorkspaceRow evolve(@Nullable WorkspaceRow row, RecordedEvent event) {
        if (!(event.event() instanceof WorkspaceEvent happened)) {
            return row;
        }
        if (happened instanceof WorkspaceRemoved) {
            return null;
        }
        var at = event.recordedAt();
        var is = Workspace.evolve(row == null ? null : row.state(), happened);
        if (row == null) {
            return new WorkspaceRow(is, at, at);
        }
        var samePhase = row.state().observed().phase() == is.observed().phase();
        return new WorkspaceRow(is, row.createdAt(), samePhase ? row.since() : at);
    }
}
