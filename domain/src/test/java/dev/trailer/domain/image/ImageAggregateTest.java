package dev.trailer.domain.image;

import static dev.trailer.domain.image.Images.DEBIAN;
import static dev.trailer.domain.image.Images.DEFINED;
import static dev.trailer.domain.image.Images.ID;
import static dev.trailer.domain.image.Images.NAME;
import static dev.trailer.domain.image.Images.POSTGRES;
import static dev.trailer.domain.image.Images.after;
import static dev.trailer.domain.image.Images.version;
import static dev.trailer.domain.reason.Refusals.reasonFor;
import static dev.trailer.domain.reason.Refusals.refusedBecause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.DeclaredClaims;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.host.HostId;
import dev.trailer.domain.host.Hosts;
import dev.trailer.domain.image.BuildOutcome.Building;
import dev.trailer.domain.image.BuildOutcome.Failed;
import dev.trailer.domain.image.BuildOutcome.Succeeded;
import dev.trailer.domain.image.ImageCommand.CancelBuild;
import dev.trailer.domain.image.ImageCommand.DefineImage;
import dev.trailer.domain.image.ImageCommand.RecordBuild;
import dev.trailer.domain.image.ImageCommand.RecordVersionGone;
import dev.trailer.domain.image.ImageCommand.RequestBuild;
import dev.trailer.domain.image.ImageCommand.RetireImage;
import dev.trailer.domain.image.ImageCommand.ReviseImage;
import dev.trailer.domain.image.ImageEvent.BuildCancelled;
import dev.trailer.domain.image.ImageEvent.BuildRecorded;
import dev.trailer.domain.image.ImageEvent.BuildRequested;
import dev.trailer.domain.image.ImageEvent.ImageRetired;
import dev.trailer.domain.image.ImageEvent.ImageRevised;
import dev.trailer.domain.image.ImageEvent.VersionGone;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may happen to an image, command by command, and what it claims. */
class ImageAggregateTest {
    private static final Reason STALE = new Reason.Stale(7, 1);
    private static final Reason RETIRED_ALREADY = new Reason.ImageIsRetired("base");
    private static final ImageRevised REVISED = new ImageRevised(ID, POSTGRES, 2, 2);
    private static final ImageRetired RETIRED = new ImageRetired(ID, 2);
    private static final BuildRequested REQUESTED = new BuildRequested(ID, 1, version(1), Hosts.ATTIC);
    private static final BuildOutcome SUCCEEDED = new Succeeded("sha256:c0ffee", 123);
    private static final BuildOutcome FAILED = new Failed(new Reason.StepFailed(Step.BUILD_IMAGE, "a1"));
    private static final Claim NAME_TAKEN = new Claim.NameTaken(NameSpace.IMAGES, "base", ID.value());

    private final FixtureConfiguration<ImageAggregate> fixture = new AggregateTestFixture<>(ImageAggregate.class);

    /** Every command but the definition. */
    static List<ImageCommand> commands() {
        return List.of(
                new ReviseImage(ID, POSTGRES, null),
                new RequestBuild(ID, Hosts.ATTIC),
                new CancelBuild(ID, 1),
                new RecordBuild(ID, 1, SUCCEEDED),
                new RetireImage(ID, null));
    }

    private static BuildRecorded recorded(BuildOutcome outcome) {
        return new BuildRecorded(ID, 1, Hosts.ATTIC, outcome);
    }

    @Nested
    class Every_command {
        @ParameterizedTest
        @MethodSource("dev.trailer.domain.image.ImageAggregateTest#commands")
        void is_refused_where_there_is_no_such_image(ImageCommand command) {
            fixture.givenNoPriorActivity().when(command).expectException(AggregateNotFoundException.class);
            assertThat(reasonFor(() -> ImageRules.decide(null, command)))
                    .isEqualTo(new Reason.NotFound("image", ID.value()));
        }

        @Test
        void is_addressed_to_its_image() {
            assertThat(commands()).allSatisfy(c -> assertThat(c.target()).isEqualTo(ID.value()));
        }
    }

    @Nested
    class Defining {
        @Test
        void an_image_makes_its_first_version() {
            fixture.givenNoPriorActivity()
                    .when(new DefineImage(ID, NAME, DEBIAN))
                    .expectEvents(DEFINED)
                    .expectResultMessagePayload(
                            new Image(ID, NAME, 1, 1, List.of(DEBIAN), 0, new LinkedHashMap<>(), false));
            assertThat(after().latest()).isEqualTo(version(1));
        }

        @Test
        void takes_the_name() {
            assertThat(ImageRules.decide(null, new DefineImage(ID, NAME, DEBIAN))
                            .claims())
                    .containsExactly(NAME_TAKEN);
        }

        @Test
        void a_second_definition_does_not_fold() {
            assertThatThrownBy(() -> after(DEFINED)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void declares_its_claims_with_the_unit_of_work() {
            var declared = new ArrayList<Claim>();
            fixture.registerCommandHandlerInterceptor((unitOfWork, chain) -> {
                var result = chain.proceed();
                declared.addAll(DeclaredClaims.in(unitOfWork));
                return result;
            });
            fixture.givenNoPriorActivity()
                    .when(new DefineImage(ID, NAME, DEBIAN))
                    .expectEvents(DEFINED);
            assertThat(declared).containsExactly(NAME_TAKEN);
        }
    }

    @Nested
    class Revising {
        @Test
        void makes_the_next_version_and_claims_nothing() {
            fixture.given(DEFINED).when(new ReviseImage(ID, POSTGRES, 1L)).expectEvents(REVISED);
            assertThat(after(REVISED).latest()).isEqualTo(version(2));
            assertThat(after(REVISED).sources()).containsExactly(DEBIAN, POSTGRES);
            assertThat(ImageRules.decide(after(), new ReviseImage(ID, POSTGRES, null))
                            .claims())
                    .isEmpty();
        }

        @Test
        void to_the_latest_source_changes_nothing() {
            fixture.given(DEFINED, REVISED)
                    .when(new ReviseImage(ID, POSTGRES, 2L))
                    .expectNoEvents();
        }

        @Test
        void back_to_an_earlier_source_is_a_new_version() {
            fixture.given(DEFINED, REVISED)
                    .when(new ReviseImage(ID, DEBIAN, null))
                    .expectEvents(new ImageRevised(ID, DEBIAN, 3, 3));
        }

        @Test
        void a_stale_image_is_refused() {
            fixture.given(DEFINED).when(new ReviseImage(ID, POSTGRES, 7L)).expectException(refusedBecause(STALE));
        }

        @Test
        void a_retired_image_is_refused() {
            fixture.given(DEFINED, RETIRED)
                    .when(new ReviseImage(ID, POSTGRES, null))
                    .expectException(refusedBecause(RETIRED_ALREADY));
        }
    }

    @Nested
    class Requesting_a_build {
        @Test
        void numbers_builds_from_one_and_moves_no_generation() {
            fixture.given(DEFINED).when(new RequestBuild(ID, Hosts.ATTIC)).expectEvents(REQUESTED);
            assertThat(after(REQUESTED).generation()).isEqualTo(1);
            assertThat(after(REQUESTED).lastBuild()).isEqualTo(1);
        }

        @Test
        void builds_the_latest_version_again_however_often_it_is_asked() {
            fixture.given(DEFINED, REQUESTED, REVISED)
                    .when(new RequestBuild(ID, Hosts.CELLAR))
                    .expectEvents(new BuildRequested(ID, 2, version(2), Hosts.CELLAR));
        }

        @Test
        void may_demand_that_each_step_is_done_anew() {
            fixture.given(DEFINED)
                    .when(new RequestBuild(ID, Hosts.ATTIC, true))
                    .expectEvents(new BuildRequested(ID, 1, version(1), Hosts.ATTIC, true));
        }

        @Test
        void of_a_retired_image_is_refused() {
            fixture.given(DEFINED, RETIRED)
                    .when(new RequestBuild(ID, Hosts.ATTIC))
                    .expectException(refusedBecause(RETIRED_ALREADY));
        }
    }

    @Nested
    class Recording_that_a_version_is_gone {
        private static final Instant SINCE = Instant.parse("2026-01-02T03:04:05Z");
        private static final HostId HOST = Hosts.ATTIC.id();

        @Test
        void from_a_host_tells_since_when_nothing_needed_it() {
            fixture.given(DEFINED)
                    .when(new RecordVersionGone(ID, 1, HOST, 1_000, SINCE))
                    .expectEvents(new VersionGone(ID, 1, HOST, 1_000, SINCE));
        }

        @Test
        void changes_nothing_that_somebody_meant() {
            var gone = new VersionGone(ID, 1, HOST, 1_000, null);
            assertThat(after(gone).generation()).isEqualTo(after().generation());
            assertThat(after(gone).sources()).isEqualTo(after().sources());
        }

        @Test
        void of_a_retired_image_is_recorded_too() {
            fixture.given(DEFINED, RETIRED)
                    .when(new RecordVersionGone(ID, 1, HOST, 1_000, null))
                    .expectEvents(new VersionGone(ID, 1, HOST, 1_000, null));
        }

        @Test
        void that_was_never_defined_changes_nothing() {
            for (int version : List.of(-1, 0, 2)) {
                fixture.given(DEFINED)
                        .when(new RecordVersionGone(ID, version, HOST, 1_000, SINCE))
                        .expectNoEvents();
            }
        }
    }

    @Nested
    class Cancelling_a_build {
        private static final BuildCancelled CANCELLED = new BuildCancelled(ID, 1, Hosts.ATTIC);

        @Test
        void closes_it_and_what_its_host_says_later_changes_nothing() {
            fixture.given(DEFINED, REQUESTED, recorded(new Building()))
                    .when(new CancelBuild(ID, 1))
                    .expectEvents(CANCELLED);
            assertThat(after(REQUESTED, CANCELLED).openBuilds()).isEmpty();
            for (var late : List.of(new Building(), SUCCEEDED, FAILED)) {
                fixture.given(DEFINED, REQUESTED, CANCELLED)
                        .when(new RecordBuild(ID, 1, late))
                        .expectNoEvents();
            }
        }

        @Test
        void twice_or_after_its_end_changes_nothing() {
            fixture.given(DEFINED, REQUESTED, CANCELLED)
                    .when(new CancelBuild(ID, 1))
                    .expectNoEvents();
            fixture.given(DEFINED, REQUESTED, recorded(SUCCEEDED))
                    .when(new CancelBuild(ID, 1))
                    .expectNoEvents();
        }

        @Test
        void of_a_retired_image_still_closes_it() {
            fixture.given(DEFINED, REQUESTED, RETIRED)
                    .when(new CancelBuild(ID, 1))
                    .expectEvents(CANCELLED);
        }

        @Test
        void that_was_never_requested_is_refused() {
            fixture.given(DEFINED, REQUESTED)
                    .when(new CancelBuild(ID, 2))
                    .expectException(refusedBecause(new Reason.ImageHasNoBuild(2)));
        }
    }

    @Nested
    class Recording_a_build {
        @Test
        void progress_keeps_the_build_open() {
            fixture.given(DEFINED, REQUESTED)
                    .when(new RecordBuild(ID, 1, new Building()))
                    .expectEvents(recorded(new Building()));
            assertThat(after(REQUESTED, recorded(new Building())).openBuilds())
                    .containsOnly(entryOf(1, new Image.OpenBuild(Hosts.ATTIC, new Building())));
        }

        @Test
        void progress_twice_changes_nothing() {
            fixture.given(DEFINED, REQUESTED, recorded(new Building()))
                    .when(new RecordBuild(ID, 1, new Building()))
                    .expectNoEvents();
        }

        @Test
        void an_end_closes_the_build() {
            for (var outcome : List.of(SUCCEEDED, FAILED)) {
                fixture.given(DEFINED, REQUESTED)
                        .when(new RecordBuild(ID, 1, outcome))
                        .expectEvents(recorded(outcome));
                assertThat(after(REQUESTED, recorded(outcome)).openBuilds()).isEmpty();
            }
        }

        @Test
        void after_its_end_changes_nothing_whatever_comes() {
            for (var late : List.of(new Building(), SUCCEEDED, FAILED)) {
                fixture.given(DEFINED, REQUESTED, recorded(SUCCEEDED))
                        .when(new RecordBuild(ID, 1, late))
                        .expectNoEvents();
            }
        }

        @Test
        void of_a_retired_image_still_closes_it() {
            fixture.given(DEFINED, REQUESTED, RETIRED)
                    .when(new RecordBuild(ID, 1, SUCCEEDED))
                    .expectEvents(recorded(SUCCEEDED));
        }

        @Test
        void that_was_never_requested_is_refused() {
            for (int build : List.of(-1, 0, 2)) {
                fixture.given(DEFINED, REQUESTED)
                        .when(new RecordBuild(ID, build, SUCCEEDED))
                        .expectException(refusedBecause(new Reason.ImageHasNoBuild(build)));
            }
        }

        private static Map.Entry<Integer, Image.OpenBuild> entryOf(int build, Image.OpenBuild open) {
            return Map.entry(build, open);
        }
    }

    @Nested
    class Retiring {
        @Test
        void frees_the_name_and_raises_the_generation() {
            fixture.given(DEFINED).when(new RetireImage(ID, 1L)).expectEvents(RETIRED);
            assertThat(after(RETIRED).retired()).isTrue();
            assertThat(ImageRules.decide(after(), new RetireImage(ID, null)).claims())
                    .containsExactly(new Claim.NameFreed(NameSpace.IMAGES, "base", ID.value()));
        }

        @Test
        void a_stale_image_is_refused() {
            fixture.given(DEFINED).when(new RetireImage(ID, 7L)).expectException(refusedBecause(STALE));
        }

        @Test
        void a_retired_image_changes_nothing_whatever_generation_is_expected() {
            fixture.given(DEFINED, RETIRED).when(new RetireImage(ID, 1L)).expectNoEvents();
            assertThat(ImageRules.decide(after(RETIRED), new RetireImage(ID, null))
                            .claims())
                    .isEmpty();
        }
    }
}
