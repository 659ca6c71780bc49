package dev.trailer.domain.workspace;

import static dev.trailer.domain.workspace.Workspaces.ID;
import static dev.trailer.domain.workspace.Workspaces.LARGE;
import static dev.trailer.domain.workspace.Workspaces.RUNNING;
import static dev.trailer.domain.workspace.Workspaces.SMALL;
import static dev.trailer.domain.workspace.Workspaces.SPEC;
import static dev.trailer.domain.workspace.Workspaces.STOPPED;
import static dev.trailer.domain.workspace.Workspaces.after;
import static dev.trailer.domain.workspace.Workspaces.app;
import static dev.trailer.domain.workspace.Workspaces.env;
import static dev.trailer.domain.workspace.Workspaces.mount;
import static dev.trailer.domain.workspace.Workspaces.spec;
import static dev.trailer.domain.workspace.Workspaces.withApps;
import static dev.trailer.domain.workspace.Workspaces.withAutoStop;
import static dev.trailer.domain.workspace.Workspaces.withEnv;
import static dev.trailer.domain.workspace.Workspaces.withVolumes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.host.Hosts;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.image.Images;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.workspace.Workspace.Life;
import dev.trailer.domain.workspace.WorkspaceCommand.ChangeWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.CreateWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.DeleteWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.RestartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StopWorkspace;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceChanged;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceRestartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStartRequested;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceStopRequested;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may happen to a workspace, command by command. Refusals: {@link WorkspaceRefusalsTest}; reports: {@link WorkspaceReportsTest}; claims: {@link WorkspaceClaimsTest}. */
class WorkspaceAggregateTest {
    private static final ImageRef V1 = Images.version(1);
    private static final ImageRef V2 = Images.version(2);
    private static final WorkspaceStopRequested STOP = new WorkspaceStopRequested(ID, StopCause.REQUEST, 2);
    private static final WorkspaceDeleted DELETED = new WorkspaceDeleted(ID, 2);

    private final FixtureConfiguration<WorkspaceAggregate> fixture =
            new AggregateTestFixture<>(WorkspaceAggregate.class);

    @Nested
    class Creating {
        @Test
        void a_workspace_starts_at_generation_one_and_waits_for_its_host() {
            fixture.givenNoPriorActivity()
                    .when(new CreateWorkspace(ID, Accounts.OWNER, SPEC, V1, Hosts.ATTIC, Desired.RUNNING))
                    .expectEvents(RUNNING)
                    .expectResultMessagePayload(new Workspace(
                            ID,
                            Accounts.OWNER,
                            SPEC,
                            V1,
                            Hosts.ATTIC,
                            Desired.RUNNING,
                            1,
                            1,
                            1,
                            Life.ACTIVE,
                            null,
                            new Observation(Phase.PENDING, 0, new Reason.AwaitingAgent("attic"), null)));
        }

        @Test
        void a_workspace_may_begin_stopped() {
            fixture.givenNoPriorActivity()
                    .when(new CreateWorkspace(ID, Accounts.OWNER, SPEC, V1, Hosts.ATTIC, Desired.STOPPED))
                    .expectEvents(STOPPED);
        }

        @Test
        void a_second_creation_does_not_fold() {
            assertThatThrownBy(() -> after(RUNNING, RUNNING)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void nothing_else_can_come_first() {
            assertThatThrownBy(() -> Workspace.evolve(null, STOP)).isInstanceOf(NullPointerException.class);
        }
    }

    @Nested
    class Changing {
        /** Each needs the container made anew, as the container's configuration is fixed when it is made. */
        static List<WorkspaceSpec> changesOfTheContainer() {
            return List.of(
                    spec("api", LARGE),
                    withEnv(env(Map.of("LANG", "de_DE.UTF-8"))),
                    withEnv(env(Map.of())),
                    withVolumes(),
                    withVolumes(mount(1, "home", "/data")),
                    withVolumes(mount(1, "home", "/home/dev"), mount(2, "data", "/data")));
        }

        /** What only the server needs to know. */
        static List<WorkspaceSpec> changesAroundTheContainer() {
            return List.of(spec("renamed", SMALL), withApps(app("web", 8080)), withAutoStop(Duration.ofHours(2)));
        }

        @ParameterizedTest
        @MethodSource("changesOfTheContainer")
        void what_the_container_is_made_of_replaces_it(WorkspaceSpec spec) {
            fixture.given(RUNNING)
                    .when(new ChangeWorkspace(ID, spec, V1, Desired.RUNNING, 1L))
                    .expectEvents(new WorkspaceChanged(ID, spec, V1, 2, 2));
        }

        @ParameterizedTest
        @MethodSource("changesAroundTheContainer")
        void what_is_around_the_container_keeps_it(WorkspaceSpec spec) {
            fixture.given(RUNNING)
                    .when(new ChangeWorkspace(ID, spec, V1, Desired.RUNNING, null))
                    .expectEvents(new WorkspaceChanged(ID, spec, V1, 2, 1));
        }

        @Test
        void the_image_replaces_the_container() {
            fixture.given(RUNNING)
                    .when(new ChangeWorkspace(ID, SPEC, V2, Desired.RUNNING, null))
                    .expectEvents(new WorkspaceChanged(ID, SPEC, V2, 2, 2));
        }

        @Test
        void to_what_already_is_changes_nothing() {
            fixture.given(RUNNING)
                    .when(new ChangeWorkspace(ID, SPEC, V1, Desired.RUNNING, 1L))
                    .expectNoEvents()
                    .expectResultMessagePayload(after(RUNNING));
        }

        @Test
        void only_what_is_desired_is_a_stop() {
            fixture.given(RUNNING)
                    .when(new ChangeWorkspace(ID, SPEC, V1, Desired.STOPPED, null))
                    .expectEvents(STOP);
        }

        @Test
        void only_what_is_desired_is_a_start_of_the_same_container() {
            fixture.given(STOPPED)
                    .when(new ChangeWorkspace(ID, SPEC, V1, Desired.RUNNING, null))
                    .expectEvents(new WorkspaceStartRequested(ID, V1, 2, 1));
        }

        @Test
        void both_at_once_is_two_events_and_two_generations() {
            var spec = spec("api", LARGE);
            fixture.given(STOPPED)
                    .when(new ChangeWorkspace(ID, spec, V2, Desired.RUNNING, null))
                    .expectEvents(new WorkspaceChanged(ID, spec, V2, 2, 2), new WorkspaceStartRequested(ID, V2, 3, 2));
        }

        @Test
        void the_order_of_environment_entries_alone_keeps_the_container() {
            var forwards = env(Map.of());
            forwards.put("A", "1");
            forwards.put("B", "2");
            var state = after(RUNNING, new WorkspaceChanged(ID, withEnv(forwards), V1, 2, 2));
            var command = new ChangeWorkspace(ID, withEnv(forwards.reversed()), V1, Desired.RUNNING, null);
            assertThat(WorkspaceRules.decide(state, command).events()).isEmpty();
        }
    }

    @Nested
    class Starting {
        @Test
        void a_stopped_workspace_with_its_image_keeps_its_container() {
            fixture.given(RUNNING, STOP)
                    .when(new StartWorkspace(ID, V1, 2L))
                    .expectEvents(new WorkspaceStartRequested(ID, V1, 3, 1));
        }

        @Test
        void a_stopped_workspace_with_another_image_makes_a_new_container() {
            fixture.given(RUNNING, STOP)
                    .when(new StartWorkspace(ID, V2, null))
                    .expectEvents(new WorkspaceStartRequested(ID, V2, 3, 3));
        }

        @Test
        void a_stopped_workspace_takes_over_the_image() {
            var started = after(RUNNING, STOP, new WorkspaceStartRequested(ID, V2, 3, 3));
            assertThat(started.image()).isEqualTo(V2);
            assertThat(started.container()).isEqualTo(3);
            assertThat(started.desired()).isEqualTo(Desired.RUNNING);
        }

        @Test
        void a_running_workspace_changes_nothing_even_with_another_image() {
            fixture.given(RUNNING).when(new StartWorkspace(ID, V2, null)).expectNoEvents();
        }
    }

    @Nested
    class Stopping {
        @Test
        void a_running_workspace_keeps_its_container_and_says_who_asked() {
            fixture.given(RUNNING)
                    .when(new StopWorkspace(ID, StopCause.AUTO_STOP, 1L))
                    .expectEvents(new WorkspaceStopRequested(ID, StopCause.AUTO_STOP, 2));
            assertThat(after(RUNNING, STOP).container()).isEqualTo(1);
            assertThat(after(RUNNING, STOP).desired()).isEqualTo(Desired.STOPPED);
        }

        @Test
        void a_stopped_workspace_changes_nothing() {
            fixture.given(STOPPED)
                    .when(new StopWorkspace(ID, StopCause.REQUEST, null))
                    .expectNoEvents();
        }
    }

    @Nested
    class Restarting {
        @Test
        void a_running_workspace_makes_a_new_container_even_of_the_same_image() {
            fixture.given(RUNNING)
                    .when(new RestartWorkspace(ID, V1, 1L))
                    .expectEvents(new WorkspaceRestartRequested(ID, V1, 2, 2));
        }

        @Test
        void a_stopped_workspace_starts_it_in_a_new_container() {
            fixture.given(RUNNING, STOP)
                    .when(new RestartWorkspace(ID, V2, null))
                    .expectEvents(new WorkspaceRestartRequested(ID, V2, 3, 3));
            var restarted = after(RUNNING, STOP, new WorkspaceRestartRequested(ID, V2, 3, 3));
            assertThat(restarted.desired()).isEqualTo(Desired.RUNNING);
            assertThat(restarted.image()).isEqualTo(V2);
        }
    }

    @Nested
    class Deleting {
        @Test
        void a_running_workspace_stops_it_too() {
            fixture.given(RUNNING).when(new DeleteWorkspace(ID, 1L)).expectEvents(DELETED);
            assertThat(after(RUNNING, DELETED).life()).isEqualTo(Life.DELETING);
            assertThat(after(RUNNING, DELETED).desired()).isEqualTo(Desired.STOPPED);
        }

        @Test
        void a_stopped_workspace_is_possible() {
            fixture.given(STOPPED).when(new DeleteWorkspace(ID, null)).expectEvents(DELETED);
        }

        @Test
        void a_workspace_twice_changes_nothing_whatever_generation_is_expected() {
            fixture.given(RUNNING, DELETED).when(new DeleteWorkspace(ID, 1L)).expectNoEvents();
        }
    }
}
