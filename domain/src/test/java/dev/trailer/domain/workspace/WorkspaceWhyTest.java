package dev.trailer.domain.workspace;

import static dev.trailer.domain.workspace.Workspaces.ID;
import static dev.trailer.domain.workspace.Workspaces.RUNNING;
import static dev.trailer.domain.workspace.Workspaces.seen;
import static dev.trailer.domain.workspace.Workspaces.withAutoStop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceChanged;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WorkspaceWhyTest {
    private static WorkspaceObserved observed(Phase phase, long generation) {
        return new WorkspaceObserved(ID, seen(phase, generation));
    }

    @Test
    void one_that_nobody_has_reported_on_waits_for_its_host() {
        assertThat(Workspaces.after(RUNNING).why()).isInstanceOf(Reason.AwaitingAgent.class);
    }

    @Test
    void one_that_runs_needs_no_reason() {
        assertThat(Workspaces.after(RUNNING, observed(Phase.RUNNING, 1)).why()).isNull();
    }

    @Test
    void one_that_somebody_stopped_says_so() {
        assertThat(Workspaces.after(
                                RUNNING,
                                new WorkspaceStopRequested(ID, StopCause.REQUEST, 2),
                                observed(Phase.STOPPED, 2))
                        .why())
                .isEqualTo(new Reason.StoppedOnRequest());
    }

    @Test
    void one_that_its_timer_stopped_says_after_how_long() {
        assertThat(Workspaces.after(
                                RUNNING,
                                new WorkspaceChanged(ID, withAutoStop(Duration.ofHours(2)), RUNNING.image(), 2, 1),
                                new WorkspaceStopRequested(ID, StopCause.AUTO_STOP, 3),
                                observed(Phase.STOPPED, 3))
                        .why())
                .isEqualTo(new Reason.AutoStopped(Duration.ofHours(2)));
    }

    @Test
    void one_that_was_stopped_with_its_host_says_which() {
        assertThat(Workspaces.after(
                                RUNNING, new WorkspaceStopRequested(ID, StopCause.DRAIN, 2), observed(Phase.STOPPED, 2))
                        .why())
                .isEqualTo(new Reason.Drained(RUNNING.host().name().value()));
    }

    @Test
    void one_that_was_deleted_is_being_removed() {
        assertThat(Workspaces.after(RUNNING, new WorkspaceDeleted(ID, 2), observed(Phase.STOPPED, 2))
                        .why())
                .isEqualTo(new Reason.BeingRemoved());
    }

    @Test
    void one_that_is_stopped_though_it_should_run_has_only_its_hosts_word() {
        assertThat(Workspaces.after(RUNNING, observed(Phase.STOPPED, 1)).why()).isNull();
    }
}
