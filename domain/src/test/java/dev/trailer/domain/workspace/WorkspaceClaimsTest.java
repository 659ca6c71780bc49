package dev.trailer.domain.workspace;

import static dev.trailer.domain.workspace.Workspaces.ID;
import static dev.trailer.domain.workspace.Workspaces.LARGE;
import static dev.trailer.domain.workspace.Workspaces.RUNNING;
import static dev.trailer.domain.workspace.Workspaces.SMALL;
import static dev.trailer.domain.workspace.Workspaces.SPEC;
import static dev.trailer.domain.workspace.Workspaces.STOPPED;
import static dev.trailer.domain.workspace.Workspaces.after;
import static dev.trailer.domain.workspace.Workspaces.seen;
import static dev.trailer.domain.workspace.Workspaces.spec;
import static dev.trailer.domain.workspace.Workspaces.withAutoStop;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.Resources;
import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.DeclaredClaims;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.host.Hosts;
import dev.trailer.domain.image.ImageRef;
import dev.trailer.domain.image.Images;
import dev.trailer.domain.workspace.WorkspaceCommand.ChangeWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.CreateWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.DeleteWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordObservation;
import dev.trailer.domain.workspace.WorkspaceCommand.RecordRemoval;
import dev.trailer.domain.workspace.WorkspaceCommand.RestartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StartWorkspace;
import dev.trailer.domain.workspace.WorkspaceCommand.StopWorkspace;
import dev.trailer.domain.workspace.WorkspaceEvent.WorkspaceDeleted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a workspace's commands must be granted, or give back, in which order. */
class WorkspaceClaimsTest {
    private static final ImageRef V1 = Images.version(1);
    private static final ImageRef V2 = Images.version(2);
    private static final Workspace AT_WORK = after(RUNNING);
    private static final Workspace AT_REST = after(STOPPED);

    private static final NameSpace NAMES = new NameSpace("workspace", Accounts.OWNER.value());
    private static final Claim API_TAKEN = new Claim.NameTaken(NAMES, "api", ID.value());
    private static final Claim API_FREED = new Claim.NameFreed(NAMES, "api", ID.value());
    private static final Claim RENAMED_TAKEN = new Claim.NameTaken(NAMES, "renamed", ID.value());

    private static Claim placed(Resources promised) {
        return new Claim.Placed(Hosts.ID.value(), "attic", ID.value(), promised);
    }

    private static List<Claim> claims(@Nullable Workspace state, WorkspaceCommand command) {
        return WorkspaceRules.decide(state, command).claims();
    }

    private static ChangeWorkspace change(WorkspaceSpec spec, Desired desired) {
        return new ChangeWorkspace(ID, spec, V1, desired, null);
    }

    private static CreateWorkspace create(Desired desired) {
        return new CreateWorkspace(ID, Accounts.OWNER, SPEC, V1, Hosts.ATTIC, desired);
    }

    @Nested
    class Creating {
        @Test
        void a_running_workspace_takes_its_name_then_its_resources() {
            assertThat(claims(null, create(Desired.RUNNING))).containsExactly(API_TAKEN, placed(SMALL));
        }

        @Test
        void a_stopped_workspace_is_placed_but_promised_nothing() {
            assertThat(claims(null, create(Desired.STOPPED))).containsExactly(API_TAKEN, placed(Resources.NONE));
        }
    }

    @Nested
    class Changing {
        @Test
        void the_name_frees_the_old_before_it_takes_the_new() {
            assertThat(claims(AT_WORK, change(spec("renamed", SMALL), Desired.RUNNING)))
                    .containsExactly(API_FREED, RENAMED_TAKEN);
        }

        @Test
        void the_resources_of_a_running_workspace_is_another_promise() {
            assertThat(claims(AT_WORK, change(spec("api", LARGE), Desired.RUNNING)))
                    .containsExactly(placed(LARGE));
        }

        @Test
        void the_resources_of_a_stopped_workspace_needs_nothing() {
            assertThat(claims(AT_REST, change(spec("api", LARGE), Desired.STOPPED)))
                    .isEmpty();
        }

        @Test
        void the_resources_while_starting_promises_the_new_ones() {
            assertThat(claims(AT_REST, change(spec("api", LARGE), Desired.RUNNING)))
                    .containsExactly(placed(LARGE));
        }

        @Test
        void the_resources_while_stopping_promises_nothing() {
            assertThat(claims(AT_WORK, change(spec("api", LARGE), Desired.STOPPED)))
                    .containsExactly(placed(Resources.NONE));
        }

        @Test
        void the_name_while_starting_takes_the_name_before_the_resources() {
            assertThat(claims(AT_REST, change(spec("renamed", LARGE), Desired.RUNNING)))
                    .containsExactly(API_FREED, RENAMED_TAKEN, placed(LARGE));
        }

        @Test
        void neither_name_nor_resources_nor_desired_claims_nothing() {
            assertThat(claims(AT_WORK, change(withAutoStop(Duration.ofHours(1)), Desired.RUNNING)))
                    .isEmpty();
            assertThat(claims(AT_WORK, change(SPEC, Desired.RUNNING))).isEmpty();
        }
    }

    @Nested
    class Starting_stopping_restarting {
        @Test
        void starting_promises_the_resources() {
            assertThat(claims(AT_REST, new StartWorkspace(ID, V1, null))).containsExactly(placed(SMALL));
        }

        @Test
        void stopping_gives_the_resources_back_and_stays_placed() {
            assertThat(claims(AT_WORK, new StopWorkspace(ID, StopCause.REQUEST, null)))
                    .containsExactly(placed(Resources.NONE));
        }

        @Test
        void restarting_a_stopped_workspace_promises_the_resources() {
            assertThat(claims(AT_REST, new RestartWorkspace(ID, V1, null))).containsExactly(placed(SMALL));
        }

        @Test
        void restarting_a_running_workspace_keeps_what_it_was_promised() {
            assertThat(claims(AT_WORK, new RestartWorkspace(ID, V2, null))).isEmpty();
        }

        @Test
        void nothing_to_do_claims_nothing() {
            assertThat(claims(AT_WORK, new StartWorkspace(ID, V1, null))).isEmpty();
            assertThat(claims(AT_REST, new StopWorkspace(ID, StopCause.REQUEST, null)))
                    .isEmpty();
        }
    }

    @Nested
    class Deleting {
        private final Workspace deleting = after(RUNNING, new WorkspaceDeleted(ID, 2));

        @Test
        void frees_the_name_at_once_and_stays_placed_with_nothing() {
            assertThat(claims(AT_WORK, new DeleteWorkspace(ID, null)))
                    .containsExactly(API_FREED, placed(Resources.NONE));
        }

        @Test
        void a_second_time_claims_nothing() {
            assertThat(claims(deleting, new DeleteWorkspace(ID, null))).isEmpty();
        }

        @Test
        void leaves_the_host_only_with_the_removal() {
            assertThat(claims(deleting, new RecordRemoval(ID))).containsExactly(new Claim.Displaced(ID.value()));
        }

        @Test
        void is_not_begun_by_a_removal_that_nobody_asked_for() {
            assertThat(claims(AT_WORK, new RecordRemoval(ID))).isEmpty();
        }
    }

    @Test
    void observations_claim_nothing() {
        assertThat(claims(AT_WORK, new RecordObservation(ID, seen(Phase.RUNNING, 1))))
                .isEmpty();
    }

    @Test
    void the_door_declares_the_claims_of_the_decision_with_the_unit_of_work() {
        var declared = new ArrayList<Claim>();
        var fixture = new AggregateTestFixture<>(WorkspaceAggregate.class);
        fixture.registerCommandHandlerInterceptor((unitOfWork, chain) -> {
            var result = chain.proceed();
            declared.addAll(DeclaredClaims.in(unitOfWork));
            return result;
        });
        fixture.givenNoPriorActivity().when(create(Desired.RUNNING)).expectEvents(RUNNING);
        assertThat(declared).containsExactly(API_TAKEN, placed(SMALL));
    }
}
