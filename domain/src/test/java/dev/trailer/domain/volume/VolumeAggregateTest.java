package dev.trailer.domain.volume;

import static dev.trailer.domain.reason.Refusals.reasonFor;
import static dev.trailer.domain.reason.Refusals.refusedBecause;
import static dev.trailer.domain.volume.Volumes.CREATED;
import static dev.trailer.domain.volume.Volumes.DATA;
import static dev.trailer.domain.volume.Volumes.HOME;
import static dev.trailer.domain.volume.Volumes.ID;
import static dev.trailer.domain.volume.Volumes.OTHER_WORKSPACE;
import static dev.trailer.domain.volume.Volumes.WORKSPACE;
import static dev.trailer.domain.volume.Volumes.after;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.domain.Resources;
import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.DeclaredClaims;
import dev.trailer.domain.host.Hosts;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.volume.Volume.Contents;
import dev.trailer.domain.volume.Volume.Life;
import dev.trailer.domain.volume.VolumeCommand.AttachVolume;
import dev.trailer.domain.volume.VolumeCommand.BeginRestore;
import dev.trailer.domain.volume.VolumeCommand.CopyVolume;
import dev.trailer.domain.volume.VolumeCommand.CreateVolume;
import dev.trailer.domain.volume.VolumeCommand.DeleteVolume;
import dev.trailer.domain.volume.VolumeCommand.DetachVolume;
import dev.trailer.domain.volume.VolumeCommand.ProvideVolume;
import dev.trailer.domain.volume.VolumeCommand.RecordCopy;
import dev.trailer.domain.volume.VolumeCommand.RecordRestore;
import dev.trailer.domain.volume.VolumeCommand.RecordVolumeRemoval;
import dev.trailer.domain.volume.VolumeEvent.VolumeAttached;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopied;
import dev.trailer.domain.volume.VolumeEvent.VolumeCopyRequested;
import dev.trailer.domain.volume.VolumeEvent.VolumeDeleted;
import dev.trailer.domain.volume.VolumeEvent.VolumeDetached;
import dev.trailer.domain.volume.VolumeEvent.VolumeProvided;
import dev.trailer.domain.volume.VolumeEvent.VolumeRemoved;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestoreBegan;
import dev.trailer.domain.volume.VolumeEvent.VolumeRestored;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may happen to a volume, command by command, and what it claims. */
class VolumeAggregateTest {
    private static final Reason NOT_FOUND = new Reason.NotFound("volume", ID.value());
    private static final Reason IN_USE = new Reason.VolumeInUse(ID.value(), WORKSPACE.value());
    private static final VolumeDetached DETACHED = new VolumeDetached(ID, WORKSPACE);
    private static final VolumeDeleted DELETED = new VolumeDeleted(ID);
    private static final VolumeRemoved REMOVED = new VolumeRemoved(ID);
    private static final CreateVolume CREATE = new CreateVolume(ID, HOME, Accounts.OWNER, Hosts.ATTIC, WORKSPACE);
    private static final Claim PLACED = new Claim.Placed(Hosts.ID.value(), "attic", ID.value(), Resources.NONE);
    private static final AttachVolume ATTACH = new AttachVolume(ID, DATA, Hosts.ATTIC, OTHER_WORKSPACE);

    private static final VolumeProvided PROVIDED = new VolumeProvided(ID, HOME, Accounts.OWNER, Hosts.ATTIC);
    private static final VolumeCopyRequested COPY_REQUESTED =
            new VolumeCopyRequested(ID, HOME, Accounts.OWNER, Hosts.ATTIC, null, Volumes.OTHER);
    private static final BeginRestore BEGIN = new BeginRestore(ID, Volumes.TRANSFER);
    private static final VolumeRestoreBegan BEGAN = new VolumeRestoreBegan(ID, Volumes.TRANSFER);
    private static final RecordRestore RESTORE = new RecordRestore(ID, Volumes.TRANSFER, 10_240, Volumes.SHA256);
    private static final VolumeRestored RESTORED = new VolumeRestored(ID, Volumes.TRANSFER, 10_240, Volumes.SHA256);
    private static final Reason NOT_WHOLE = new Reason.VolumeNotWhole(ID.value());

    private final FixtureConfiguration<VolumeAggregate> fixture = new AggregateTestFixture<>(VolumeAggregate.class);

    /** Every command but the creation. */
    static List<VolumeCommand> commands() {
        return List.of(
                ATTACH,
                new DetachVolume(ID, WORKSPACE),
                new DeleteVolume(ID),
                new RecordCopy(ID),
                BEGIN,
                RESTORE,
                new RecordVolumeRemoval(ID));
    }

    @Nested
    class Provided_by_itself {
        @Test
        void it_is_used_by_nobody_and_holds_its_host() {
            var command = new ProvideVolume(ID, HOME, Accounts.OWNER, Hosts.ATTIC);
            fixture.givenNoPriorActivity().when(command).expectEvents(PROVIDED);
            assertThat(VolumeRules.decide(null, command).claims()).containsExactly(PLACED);
            assertThat(Volume.evolve(null, PROVIDED).workspace()).isNull();
            assertThat(Volume.evolve(null, PROVIDED).contents()).isEqualTo(new Contents.Whole());
            fixture.given(PROVIDED).when(ATTACH).expectEvents(new VolumeAttached(ID, DATA, OTHER_WORKSPACE));
        }
    }

    @Nested
    class Copying {
        @Test
        void begins_with_a_request_and_ends_once_its_host_has_all() {
            var command = new CopyVolume(ID, HOME, Accounts.OWNER, Hosts.ATTIC, null, Volumes.OTHER);
            fixture.givenNoPriorActivity().when(command).expectEvents(COPY_REQUESTED);
            assertThat(VolumeRules.decide(null, command).claims()).containsExactly(PLACED);
            fixture.given(COPY_REQUESTED).when(new RecordCopy(ID)).expectEvents(new VolumeCopied(ID));
            fixture.given(COPY_REQUESTED, new VolumeCopied(ID))
                    .when(new RecordCopy(ID))
                    .expectNoEvents();
            fixture.given(CREATED).when(new RecordCopy(ID)).expectNoEvents();
        }

        @Test
        void a_copy_may_be_taken_into_use_before_it_is_made_for_its_host_waits() {
            fixture.given(COPY_REQUESTED).when(ATTACH).expectEvents(new VolumeAttached(ID, DATA, OTHER_WORKSPACE));
        }

        @Test
        void a_copy_that_is_not_made_yet_cannot_be_restored_into() {
            fixture.given(COPY_REQUESTED)
                    .when(BEGIN)
                    .expectException(refusedBecause(NOT_WHOLE))
                    .expectNoEvents();
        }
    }

    @Nested
    class Restoring {
        @Test
        void begins_and_ends_with_the_same_transfer() {
            fixture.given(CREATED, DETACHED).when(BEGIN).expectEvents(BEGAN);
            fixture.given(CREATED, DETACHED, BEGAN).when(BEGIN).expectNoEvents();
            fixture.given(CREATED, DETACHED, BEGAN).when(RESTORE).expectEvents(RESTORED);
            fixture.given(CREATED, DETACHED, BEGAN, RESTORED).when(RESTORE).expectNoEvents();
        }

        @Test
        void that_another_has_followed_ends_nothing() {
            var again = new VolumeRestoreBegan(ID, Volumes.OTHER_TRANSFER);
            fixture.given(CREATED, DETACHED, BEGAN, again).when(RESTORE).expectNoEvents();
            assertThat(after(DETACHED, BEGAN, again).contents())
                    .isEqualTo(new Contents.Incomplete(Volumes.OTHER_TRANSFER));
        }

        @Test
        void is_refused_while_a_workspace_uses_it_or_it_is_being_deleted() {
            fixture.given(CREATED)
                    .when(BEGIN)
                    .expectException(refusedBecause(IN_USE))
                    .expectNoEvents();
            fixture.given(CREATED, DETACHED, DELETED)
                    .when(BEGIN)
                    .expectException(refusedBecause(new Reason.BeingDeleted("volume")))
                    .expectNoEvents();
        }

        @Test
        void that_broke_off_leaves_what_nobody_can_use_but_that_can_be_restored_again_or_deleted() {
            fixture.given(CREATED, DETACHED, BEGAN)
                    .when(ATTACH)
                    .expectException(refusedBecause(NOT_WHOLE))
                    .expectNoEvents();
            fixture.given(CREATED, DETACHED, BEGAN)
                    .when(new BeginRestore(ID, Volumes.OTHER_TRANSFER))
                    .expectEvents(new VolumeRestoreBegan(ID, Volumes.OTHER_TRANSFER));
            fixture.given(CREATED, DETACHED, BEGAN).when(new DeleteVolume(ID)).expectEvents(DELETED);
        }
    }

    @Nested
    class Every_command {
        @ParameterizedTest
        @MethodSource("dev.trailer.domain.volume.VolumeAggregateTest#commands")
        void is_refused_where_there_is_no_such_volume(VolumeCommand command) {
            fixture.givenNoPriorActivity().when(command).expectException(AggregateNotFoundException.class);
            assertThat(reasonFor(() -> VolumeRules.decide(null, command))).isEqualTo(NOT_FOUND);
        }

        @ParameterizedTest
        @MethodSource("dev.trailer.domain.volume.VolumeAggregateTest#commands")
        void is_refused_once_the_volume_is_gone(VolumeCommand command) {
            fixture.given(CREATED, DETACHED, DELETED, REMOVED)
                    .when(command)
                    .expectException(refusedBecause(NOT_FOUND))
                    .expectNoEvents();
        }

        @Test
        void is_addressed_to_its_volume() {
            assertThat(commands()).allSatisfy(c -> assertThat(c.target()).isEqualTo(ID.value()));
        }
    }

    @Nested
    class Creating {
        @Test
        void a_volume_is_in_use_from_its_first_moment() {
            fixture.givenNoPriorActivity()
                    .when(CREATE)
                    .expectEvents(CREATED)
                    .expectResultMessagePayload(new Volume(
                            ID, HOME, Accounts.OWNER, Hosts.ATTIC, 1, WORKSPACE, Life.ACTIVE, new Contents.Whole()));
        }

        @Test
        void holds_its_host_without_asking_it_for_anything() {
            assertThat(VolumeRules.decide(null, CREATE).claims()).containsExactly(PLACED);
        }

        @Test
        void a_second_creation_does_not_fold() {
            assertThatThrownBy(() -> after(CREATED)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void declares_its_claims_with_the_unit_of_work() {
            var declared = new ArrayList<Claim>();
            fixture.registerCommandHandlerInterceptor((unitOfWork, chain) -> {
                var result = chain.proceed();
                declared.addAll(DeclaredClaims.in(unitOfWork));
                return result;
            });
            fixture.givenNoPriorActivity().when(CREATE).expectEvents(CREATED);
            assertThat(declared).containsExactly(PLACED);
        }
    }

    @Nested
    class Attaching {
        @Test
        void a_kept_volume_takes_the_name_that_the_workspace_gives_it() {
            fixture.given(CREATED, DETACHED)
                    .when(ATTACH)
                    .expectEvents(new VolumeAttached(ID, DATA, OTHER_WORKSPACE))
                    .expectResultMessagePayload(new Volume(
                            ID,
                            DATA,
                            Accounts.OWNER,
                            Hosts.ATTIC,
                            3,
                            OTHER_WORKSPACE,
                            Life.ACTIVE,
                            new Contents.Whole()));
        }

        @Test
        void claims_nothing_since_the_volume_is_placed_already() {
            assertThat(VolumeRules.decide(after(DETACHED), ATTACH).claims()).isEmpty();
        }

        @Test
        void to_the_workspace_that_has_it_changes_nothing() {
            fixture.given(CREATED)
                    .when(new AttachVolume(ID, HOME, Hosts.ATTIC, WORKSPACE))
                    .expectNoEvents();
        }

        @Test
        void a_volume_that_another_workspace_uses_is_refused() {
            fixture.given(CREATED).when(ATTACH).expectException(refusedBecause(IN_USE));
        }

        @Test
        void on_another_host_is_refused_and_names_both_hosts() {
            var command = new AttachVolume(ID, DATA, Hosts.CELLAR, OTHER_WORKSPACE);
            fixture.given(CREATED, DETACHED).when(command).expectNoEvents();
            assertThat(reasonFor(() -> VolumeRules.decide(after(DETACHED), command)))
                    .isInstanceOfSatisfying(Reason.InvalidInput.class, reason -> assertThat(reason.errors())
                            .singleElement()
                            .satisfies(error -> {
                                assertThat(error.code()).isEqualTo("volume_elsewhere");
                                assertThat(error.pointer()).isEqualTo("/volumes");
                                assertThat(error.message()).contains(ID.value(), "attic", "cellar");
                            }));
        }

        @Test
        void a_deleted_volume_is_refused() {
            fixture.given(CREATED, DETACHED, DELETED)
                    .when(ATTACH)
                    .expectException(refusedBecause(new Reason.BeingDeleted("volume")));
        }
    }

    @Nested
    class Detaching {
        @Test
        void keeps_the_volume_for_later() {
            fixture.given(CREATED).when(new DetachVolume(ID, WORKSPACE)).expectEvents(DETACHED);
            assertThat(after(DETACHED).workspace()).isNull();
            assertThat(after(DETACHED).life()).isEqualTo(Life.ACTIVE);
            assertThat(after(DETACHED).name()).isEqualTo(HOME);
        }

        @Test
        void claims_nothing_so_that_the_host_stays_held() {
            assertThat(VolumeRules.decide(after(), new DetachVolume(ID, WORKSPACE))
                            .claims())
                    .isEmpty();
        }

        @Test
        void from_a_workspace_that_does_not_use_it_changes_nothing() {
            fixture.given(CREATED).when(new DetachVolume(ID, OTHER_WORKSPACE)).expectNoEvents();
        }

        @Test
        void a_second_time_changes_nothing() {
            fixture.given(CREATED, DETACHED)
                    .when(new DetachVolume(ID, WORKSPACE))
                    .expectNoEvents();
        }
    }

    @Nested
    class Deleting {
        @Test
        void a_kept_volume_leaves_its_removal_to_the_host() {
            fixture.given(CREATED, DETACHED).when(new DeleteVolume(ID)).expectEvents(DELETED);
            assertThat(after(DETACHED, DELETED).life()).isEqualTo(Life.DELETING);
        }

        @Test
        void still_holds_the_host() {
            assertThat(VolumeRules.decide(after(DETACHED), new DeleteVolume(ID)).claims())
                    .isEmpty();
        }

        @Test
        void a_volume_in_use_is_refused() {
            fixture.given(CREATED).when(new DeleteVolume(ID)).expectException(refusedBecause(IN_USE));
        }

        @Test
        void a_deleted_volume_changes_nothing() {
            fixture.given(CREATED, DETACHED, DELETED).when(new DeleteVolume(ID)).expectNoEvents();
        }
    }

    @Nested
    class Removing {
        @Test
        void a_deleted_volume_is_its_end_and_lets_go_of_the_host() {
            fixture.given(CREATED, DETACHED, DELETED)
                    .when(new RecordVolumeRemoval(ID))
                    .expectEvents(REMOVED);
            var deleting = after(DETACHED, DELETED);
            assertThat(VolumeRules.decide(deleting, new RecordVolumeRemoval(ID)).claims())
                    .containsExactly(new Claim.Displaced(ID.value()));
        }

        @Test
        void a_volume_that_nobody_deleted_changes_nothing() {
            fixture.given(CREATED, DETACHED).when(new RecordVolumeRemoval(ID)).expectNoEvents();
            fixture.given(CREATED).when(new RecordVolumeRemoval(ID)).expectNoEvents();
        }
    }
}
