package dev.trailer.domain.workspace;

import static dev.trailer.domain.reason.Refusals.reasonFor;
import static dev.trailer.domain.reason.Refusals.refusedBecause;
import static dev.trailer.domain.workspace.Workspaces.ID;
import static dev.trailer.domain.workspace.Workspaces.RUNNING;
import static dev.trailer.domain.workspace.Workspaces.SMALL;
import static dev.trailer.domain.workspace.Workspaces.seen;
import static dev.trailer.domain.workspace.Workspaces.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.image.Images;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.workspace.WorkspaceCommand.ChangeWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.DeleteWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordRemoval;
import dev.trailer.domain.workspace.WorkspaceCommand.RestartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StopWorkspace;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRemoved;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every command to a workspace is refused for. */
class WorkspaceRefusalsTest {
    private static final ImageRef V1 = Images.version(1);
    private static final Reason STALE = new Reason.Stale(7, 1);
    private static final Reason BEING_DELETED = new Reason.BeingDeleted("workspace");
    private static final Reason NOT_FOUND = new Reason.NotFound("workspace", ID.value());
    private static final WorkspaceDeleted DELETED = new WorkspaceDeleted(ID, 2);

    private final FixtureConfiguration<WorkspaceAggregate> fixture =
            new AggregateTestFixture<>(WorkspaceAggregate.class);

    /** Every command but creation, each as it would do something to an active workspace. */
    static List<WorkspaceCommand> commands() {
        return List.of(
                new ChangeWorkspace(ID, spec("renamed", SMALL), V1, Desired.RUNNING, null),
                new StartWorkspace(ID, V1, null),
                new StopWorkspace(ID, StopCause.REQUEST, null),
                new RestartWorkspace(ID, V1, null),
                new DeleteWorkspace(ID, null),
                new RecordObservation(ID, seen(Phase.RUNNING, 1)),
                new RecordRemoval(ID));
    }

    static List<WorkspaceCommand> changes() {
        return commands().subList(0, 4);
    }

    static List<WorkspaceCommand> staleCommands() {
        return List.of(
                new ChangeWorkspace(ID, spec("renamed", SMALL), V1, Desired.RUNNING, 7L),
                new StartWorkspace(ID, V1, 7L),
                new StopWorkspace(ID, StopCause.REQUEST, 7L),
                new RestartWorkspace(ID, V1, 7L),
                new DeleteWorkspace(ID, 7L));
    }

    @Nested
    class Every_command {
        @ParameterizedTest
        @MethodSource("dev.trailer.domain.workspace.WorkspaceRefusalsTest#commands")
        void is_refused_where_there_is_no_such_workspace(WorkspaceCommand command) {
            fixture.givenNoPriorActivity().when(command).expectException(AggregateNotFoundException.class);
            assertThat(reasonFor(() -> WorkspaceRules.decide(null, command))).isEqualTo(NOT_FOUND);
        }

        @ParameterizedTest
        @MethodSource("dev.trailer.domain.workspace.WorkspaceRefusalsTest#commands")
        void is_refused_once_the_workspace_is_gone(WorkspaceCommand command) {
            fixture.given(RUNNING, DELETED, new WorkspaceRemoved(ID))
                    .when(command)
                    .expectException(refusedBecause(NOT_FOUND))
                    .expectNoEvents();
        }

        @ParameterizedTest
        @MethodSource("dev.trailer.domain.workspace.WorkspaceRefusalsTest#changes")
        void that_changes_intent_is_refused_while_the_workspace_is_being_deleted(WorkspaceCommand command) {
            fixture.given(RUNNING, DELETED)
                    .when(command)
                    .expectException(refusedBecause(BEING_DELETED))
                    .expectNoEvents();
        }

        @ParameterizedTest
        @MethodSource("dev.trailer.domain.workspace.WorkspaceRefusalsTest#staleCommands")
        void that_expects_another_generation_is_refused(WorkspaceCommand command) {
            fixture.given(RUNNING)
                    .when(command)
                    .expectException(refusedBecause(STALE))
                    .expectNoEvents();
        }

        @Test
        void is_addressed_to_its_workspace() {
            assertThat(commands()).allSatisfy(c -> assertThat(c.target()).isEqualTo(ID.value()));
        }
    }
}
