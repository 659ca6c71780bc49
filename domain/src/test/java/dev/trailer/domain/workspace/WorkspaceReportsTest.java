package dev.trailer.domain.workspace;

import static dev.trailer.domain.workspace.Workspaces.ID;
import static dev.trailer.domain.workspace.Workspaces.RUNNING;
import static dev.trailer.domain.workspace.Workspaces.STOPPED;
import static dev.trailer.domain.workspace.Workspaces.after;
import static dev.trailer.domain.workspace.Workspaces.seen;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Step;
import dev.trailer.domain.workspace.Workspace.Life;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordRemoval;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceObserved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a host's reports do to a workspace. */
class WorkspaceReportsTest {
    private static final WorkspaceStopRequested STOP = new WorkspaceStopRequested(ID, StopCause.REQUEST, 2);
    private static final WorkspaceDeleted DELETED = new WorkspaceDeleted(ID, 2);

    private final FixtureConfiguration<WorkspaceAggregate> fixture =
            new AggregateTestFixture<>(WorkspaceAggregate.class);

    @Nested
    class Observing {
        @Test
        void something_new_is_recorded_and_moves_no_generation() {
            var running = new Observation(Phase.RUNNING, 1, null, "c0ffee");
            fixture.given(RUNNING)
                    .when(new RecordObservation(ID, running))
                    .expectEvents(new WorkspaceObserved(ID, running));
            var state = after(RUNNING, new WorkspaceObserved(ID, running));
            assertThat(state.generation()).isEqualTo(1);
            assertThat(state.version()).isEqualTo(2);
            assertThat(state.observed()).isEqualTo(running);
        }

        @Test
        void the_same_twice_changes_nothing() {
            fixture.given(RUNNING, new WorkspaceObserved(ID, seen(Phase.RUNNING, 1)))
                    .when(new RecordObservation(ID, seen(Phase.RUNNING, 1)))
                    .expectNoEvents();
        }

        @Test
        void another_reason_in_the_same_phase_is_recorded() {
            var failed = new Observation(Phase.FAILED, 1, new Reason.StepFailed(Step.PULL_IMAGE, null), null);
            var looping = new Observation(Phase.FAILED, 1, new Reason.CrashLooping(1, false), null);
            fixture.given(RUNNING, new WorkspaceObserved(ID, failed))
                    .when(new RecordObservation(ID, looping))
                    .expectEvents(new WorkspaceObserved(ID, looping));
        }

        @Test
        void an_older_intent_than_was_already_seen_changes_nothing() {
            fixture.given(RUNNING, STOP, new WorkspaceObserved(ID, seen(Phase.STOPPING, 2)))
                    .when(new RecordObservation(ID, seen(Phase.RUNNING, 1)))
                    .expectNoEvents();
        }

        @Test
        void an_older_intent_is_recorded_while_no_newer_one_was_seen() {
            fixture.given(RUNNING, STOP)
                    .when(new RecordObservation(ID, seen(Phase.RUNNING, 1)))
                    .expectEvents(new WorkspaceObserved(ID, seen(Phase.RUNNING, 1)));
        }

        @Test
        void an_intent_from_the_future_changes_nothing() {
            fixture.given(RUNNING)
                    .when(new RecordObservation(ID, seen(Phase.RUNNING, 2)))
                    .expectNoEvents();
        }

        @Test
        void a_workspace_that_is_being_deleted_goes_on() {
            var removing = new Observation(Phase.STOPPING, 2, new Reason.BeingRemoved(), null);
            fixture.given(RUNNING, DELETED)
                    .when(new RecordObservation(ID, removing))
                    .expectEvents(new WorkspaceObserved(ID, removing));
            assertThat(after(RUNNING, DELETED, new WorkspaceObserved(ID, removing))
                            .life())
                    .isEqualTo(Life.DELETING);
        }
    }

    @Nested
    class Removing {
        @Test
        void a_deleted_workspace_is_its_end() {
            fixture.given(RUNNING, DELETED).when(new RecordRemoval(ID)).expectEvents(new WorkspaceRemoved(ID));
            assertThat(after(RUNNING, DELETED, new WorkspaceRemoved(ID)).life()).isEqualTo(Life.GONE);
        }

        @Test
        void a_workspace_that_nobody_deleted_changes_nothing() {
            fixture.given(RUNNING).when(new RecordRemoval(ID)).expectNoEvents();
            fixture.given(STOPPED).when(new RecordRemoval(ID)).expectNoEvents();
        }
    }
}
