package dev.trailer.query.workspaces;

import static dev.trailer.query.Things.CREATED;
import static dev.trailer.query.Things.WORKSPACE;
import static dev.trailer.query.Things.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.workspace.Phase;
import dev.trailer.domain.workspace.StopCause;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import dev.trailer.query.Ledger;
import dev.trailer.query.Things;
import dev.trailer.query.view.Batches;
import dev.trailer.query.view.Rows;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class WorkspaceProjectorTest {
    private static final WorkspaceProjector PROJECTOR = new WorkspaceProjector();

    @Test
    void a_created_workspace_has_a_row_with_everything_that_was_asked_for_in_the_order_given() {
        var row = row(Ledger.of(CREATED));
        assertThat(row.state().spec()).isEqualTo(CREATED.spec());
        assertThat(row.state().spec().env().keySet()).containsExactly("LANG", "EDITOR");
        assertThat(row.createdAt()).isEqualTo(Ledger.at(1));
        assertThat(row.since()).isEqualTo(Ledger.at(1));
    }

    @Test
    void since_moves_with_the_phase_only() {
        var running = Ledger.of(CREATED, seen(Phase.RUNNING, 1, null), seen(Phase.RUNNING, 1, "c0ffee"));
        assertThat(row(running).since()).isEqualTo(Ledger.at(2));
        assertThat(row(running).state().observed().container()).isEqualTo("c0ffee");
        var stopped = running.record(new WorkspaceStopRequested(WORKSPACE, StopCause.REQUEST, 2))
                .record(seen(Phase.STOPPED, 2, null));
        assertThat(row(stopped).since()).isEqualTo(Ledger.at(5));
        assertThat(row(stopped).createdAt()).isEqualTo(Ledger.at(1));
    }

    @Test
    void a_deleted_workspace_is_shown_until_its_host_has_removed_it() {
        var deleted = Ledger.of(CREATED, new WorkspaceDeleted(WORKSPACE, 2));
        assertThat(Rows.of(PROJECTOR, deleted).row(WORKSPACE.value())).isNotNull();
        deleted.record(new WorkspaceRemoved(WORKSPACE));
        assertThat(Rows.of(PROJECTOR, deleted).row(WORKSPACE.value())).isNull();
    }

    @Test
    void events_of_other_things_change_nothing() {
        var rows = Rows.of(PROJECTOR, Ledger.of(CREATED, Things.VOLUME_CREATED));
        assertThat(rows.all()).hasSize(1);
        assertThat(rows.position(WORKSPACE.value())).isEqualTo(1);
    }

    @Test
    void batches_do_not_matter() {
        Batches.doNotMatterTo(PROJECTOR);
    }

    private static WorkspaceRow row(Ledger ledger) {
        return Objects.requireNonNull(Rows.of(PROJECTOR, ledger).row(WORKSPACE.value()));
    }
}
