package dev.trailer.domain.host;

import static dev.trailer.domain.host.Hosts.ID;
import static dev.trailer.domain.host.Hosts.NAME;
import static dev.trailer.domain.host.Hosts.REGISTERED;
import static dev.trailer.domain.host.Hosts.YESTERDAY;
import static dev.trailer.domain.host.Hosts.after;
import static dev.trailer.domain.host.Hosts.capability;
import static dev.trailer.domain.reason.Refusals.reasonFor;
import static dev.trailer.domain.reason.Refusals.refusedBecause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trailer.domain.Resources;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.DeclaredClaims;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.host.Host.Presence;
import dev.trailer.domain.host.HostCommand.AbandonHost;
import dev.trailer.domain.host.HostCommand.CordonHost;
import dev.trailer.domain.host.HostCommand.DrainHost;
import dev.trailer.domain.host.HostCommand.EnrolHost;
import dev.trailer.domain.host.HostCommand.LoseHost;
import dev.trailer.domain.host.HostCommand.RegisterHost;
import dev.trailer.domain.host.HostCommand.RemoveHost;
import dev.trailer.domain.host.HostCommand.ReportCapability;
import dev.trailer.domain.host.HostCommand.ResumeHost;
import dev.trailer.domain.host.HostCommand.ReturnHost;
import dev.trailer.domain.host.HostCommand.RotateHostToken;
import dev.trailer.domain.host.HostEvent.CapabilityReported;
import dev.trailer.domain.host.HostEvent.HostAbandoned;
import dev.trailer.domain.host.HostEvent.HostCordoned;
import dev.trailer.domain.host.HostEvent.HostDrained;
import dev.trailer.domain.host.HostEvent.HostEnrolled;
import dev.trailer.domain.host.HostEvent.HostLost;
import dev.trailer.domain.host.HostEvent.HostRemoved;
import dev.trailer.domain.host.HostEvent.HostResumed;
import dev.trailer.domain.host.HostEvent.HostReturned;
import dev.trailer.domain.host.HostEvent.HostTokenRotated;
import dev.trailer.domain.reason.Reason;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may happen to a host, command by command, and what it claims. */
class HostAggregateTest {
    private static final Reason NOT_FOUND = new Reason.NotFound("host", ID.value());
    private static final HostReturned RETURNED = new HostReturned(ID);
    private static final HostLost LOST = new HostLost(ID, YESTERDAY);
    private static final HostCordoned CORDONED = new HostCordoned(ID, 2);
    private static final HostDrained DRAINED = new HostDrained(ID, 2);
    private static final HostAbandoned ABANDONED = new HostAbandoned(ID, 2);
    private static final HostRemoved REMOVED = new HostRemoved(ID);
    private static final Claim OPEN = new Claim.PoolOpened(ID.value(), true);
    private static final Claim CLOSED = new Claim.PoolOpened(ID.value(), false);
    private static final Claim NAME_TAKEN = new Claim.NameTaken(NameSpace.HOSTS, "attic", ID.value());
    private static final Claim NAME_FREED = new Claim.NameFreed(NameSpace.HOSTS, "attic", ID.value());

    private final FixtureConfiguration<HostAggregate> fixture = new AggregateTestFixture<>(HostAggregate.class);

    /** Every command but the registration. */
    static List<HostCommand> commands() {
        return List.of(
                new EnrolHost(ID),
                new ReportCapability(ID, capability(4, 8)),
                new LoseHost(ID, YESTERDAY),
                new ReturnHost(ID),
                new CordonHost(ID),
                new DrainHost(ID),
                new RotateHostToken(ID, false),
                new AbandonHost(ID),
                new ResumeHost(ID),
                new RemoveHost(ID));
    }

    private static List<Claim> claims(Host state, HostCommand command) {
        return HostRules.decide(state, command).claims();
    }

    @Nested
    class Every_command {
        @ParameterizedTest
        @MethodSource("dev.trailer.domain.host.HostAggregateTest#commands")
        void is_refused_where_there_is_no_such_host(HostCommand command) {
            fixture.givenNoPriorActivity().when(command).expectException(AggregateNotFoundException.class);
            assertThat(reasonFor(() -> HostRules.decide(null, command))).isEqualTo(NOT_FOUND);
        }

        @ParameterizedTest
        @MethodSource("dev.trailer.domain.host.HostAggregateTest#commands")
        void is_refused_once_the_host_is_removed(HostCommand command) {
            fixture.given(REGISTERED, RETURNED, REMOVED)
                    .when(command)
                    .expectException(refusedBecause(NOT_FOUND))
                    .expectNoEvents();
        }

        @Test
        void is_addressed_to_its_host() {
            assertThat(commands()).allSatisfy(c -> assertThat(c.target()).isEqualTo(ID.value()));
        }
    }

    @Nested
    class Registering {
        @Test
        void a_host_waits_for_its_agent() {
            fixture.givenNoPriorActivity()
                    .when(new RegisterHost(ID, NAME))
                    .expectEvents(REGISTERED)
                    .expectResultMessagePayload(new Host(ID, NAME, 1, 1, Presence.REGISTERED, false, null, null));
            assertThat(after().ref()).isEqualTo(Hosts.ATTIC);
        }

        @Test
        void takes_the_name_and_offers_nothing_yet() {
            assertThat(HostRules.decide(null, new RegisterHost(ID, NAME)).claims())
                    .containsExactly(NAME_TAKEN, new Claim.CapacityOffered(ID.value(), Resources.NONE));
        }

        @Test
        void a_second_registration_does_not_fold() {
            assertThatThrownBy(() -> after(REGISTERED)).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void declares_its_claims_with_the_unit_of_work() {
            var declared = new ArrayList<Claim>();
            fixture.registerCommandHandlerInterceptor((unitOfWork, chain) -> {
                var result = chain.proceed();
                declared.addAll(DeclaredClaims.in(unitOfWork));
                return result;
            });
            fixture.givenNoPriorActivity().when(new RegisterHost(ID, NAME)).expectEvents(REGISTERED);
            assertThat(declared).startsWith(NAME_TAKEN).hasSize(2);
        }
    }

    @Nested
    class Enrolling {
        @Test
        void is_recorded_each_time_an_agent_shows_a_token_and_does_not_bring_the_host_online() {
            fixture.given(REGISTERED, new HostEnrolled(ID))
                    .when(new EnrolHost(ID))
                    .expectEvents(new HostEnrolled(ID));
            assertThat(after(new HostEnrolled(ID)).presence()).isEqualTo(Presence.REGISTERED);
            assertThat(claims(after(), new EnrolHost(ID))).isEmpty();
        }
    }

    @Nested
    class Reporting_capability {
        private final CapabilityReported reported = new CapabilityReported(ID, capability(4, 8));

        @Test
        void is_recorded_and_offered() {
            fixture.given(REGISTERED)
                    .when(new ReportCapability(ID, capability(4, 8)))
                    .expectEvents(reported);
            assertThat(claims(after(), new ReportCapability(ID, capability(4, 8))))
                    .containsExactly(new Claim.CapacityOffered(ID.value(), new Resources(4000, 8L << 30, 0)));
        }

        @Test
        void a_second_time_unchanged_changes_nothing() {
            fixture.given(REGISTERED, reported)
                    .when(new ReportCapability(ID, capability(4, 8)))
                    .expectNoEvents();
            assertThat(claims(after(reported), new ReportCapability(ID, capability(4, 8))))
                    .isEmpty();
        }

        @Test
        void of_a_host_that_shrank_is_recorded() {
            fixture.given(REGISTERED, reported)
                    .when(new ReportCapability(ID, capability(2, 8)))
                    .expectEvents(new CapabilityReported(ID, capability(2, 8)));
        }
    }

    @Nested
    class Losing {
        @Test
        void an_online_host_closes_it_to_newcomers() {
            fixture.given(REGISTERED, RETURNED)
                    .when(new LoseHost(ID, YESTERDAY))
                    .expectEvents(LOST);
            assertThat(claims(after(RETURNED), new LoseHost(ID, YESTERDAY))).containsExactly(CLOSED);
        }

        @Test
        void a_host_whose_agent_never_came_changes_nothing() {
            fixture.given(REGISTERED).when(new LoseHost(ID, YESTERDAY)).expectNoEvents();
        }

        @Test
        void a_lost_host_changes_nothing() {
            fixture.given(REGISTERED, RETURNED, LOST)
                    .when(new LoseHost(ID, YESTERDAY.plusSeconds(1)))
                    .expectNoEvents();
        }
    }

    @Nested
    class Returning {
        @Test
        void for_the_first_time_opens_the_host() {
            fixture.given(REGISTERED).when(new ReturnHost(ID)).expectEvents(RETURNED);
            assertThat(claims(after(), new ReturnHost(ID))).containsExactly(OPEN);
        }

        @Test
        void after_a_loss_opens_it_again() {
            fixture.given(REGISTERED, RETURNED, LOST).when(new ReturnHost(ID)).expectEvents(RETURNED);
            assertThat(claims(after(RETURNED, LOST), new ReturnHost(ID))).containsExactly(OPEN);
        }

        @Test
        void to_a_cordoned_host_leaves_it_closed() {
            assertThat(claims(after(CORDONED), new ReturnHost(ID))).containsExactly(CLOSED);
        }

        @Test
        void to_an_online_host_changes_nothing() {
            fixture.given(REGISTERED, RETURNED).when(new ReturnHost(ID)).expectNoEvents();
        }
    }

    @Nested
    class Cordoning {
        @Test
        void a_host_closes_it_and_raises_its_generation() {
            fixture.given(REGISTERED, RETURNED).when(new CordonHost(ID)).expectEvents(CORDONED);
            assertThat(claims(after(RETURNED), new CordonHost(ID))).containsExactly(CLOSED);
            assertThat(after(RETURNED, CORDONED).presence()).isEqualTo(Presence.ONLINE);
        }

        @Test
        void a_cordoned_host_changes_nothing() {
            fixture.given(REGISTERED, CORDONED).when(new CordonHost(ID)).expectNoEvents();
        }
    }

    @Nested
    class Draining {
        @Test
        void a_host_closes_it_and_nothing_starts_there() {
            fixture.given(REGISTERED, RETURNED).when(new DrainHost(ID)).expectEvents(DRAINED);
            assertThat(claims(after(RETURNED), new DrainHost(ID))).containsExactly(CLOSED);
            assertThat(after(RETURNED).takesStarts()).isTrue();
            assertThat(after(RETURNED, DRAINED).takesStarts()).isFalse();
            assertThat(after(RETURNED, DRAINED).presence()).isEqualTo(Presence.ONLINE);
        }

        @Test
        void a_cordoned_host_goes_further() {
            fixture.given(REGISTERED, CORDONED).when(new DrainHost(ID)).expectEvents(new HostDrained(ID, 3));
            assertThat(after(CORDONED).takesStarts())
                    .as("what is on a cordoned host goes on")
                    .isTrue();
        }

        @Test
        void a_drained_host_changes_nothing_nor_does_cordoning_it() {
            fixture.given(REGISTERED, DRAINED).when(new DrainHost(ID)).expectNoEvents();
            assertThat(HostRules.decide(after(DRAINED), new CordonHost(ID)).events())
                    .isEmpty();
        }

        @Test
        void outlasts_a_loss_and_a_return() {
            assertThat(after(RETURNED, DRAINED, LOST, RETURNED).takesStarts()).isFalse();
            assertThat(claims(after(DRAINED, LOST), new ReturnHost(ID))).containsExactly(CLOSED);
        }
    }

    @Nested
    class Rotating_the_token {
        @Test
        void is_recorded_each_time_and_is_no_intent() {
            var rotated = new HostTokenRotated(ID, true);
            fixture.given(REGISTERED, rotated)
                    .when(new RotateHostToken(ID, true))
                    .expectEvents(rotated);
            assertThat(after(rotated).generation()).isEqualTo(1);
            assertThat(claims(after(), new RotateHostToken(ID, false))).isEmpty();
        }
    }

    @Nested
    class Abandoning {
        @Test
        void a_lost_host_gives_it_up_and_lets_nothing_start_there() {
            fixture.given(REGISTERED, RETURNED, LOST).when(new AbandonHost(ID)).expectEvents(ABANDONED);
            assertThat(claims(after(RETURNED, LOST), new AbandonHost(ID))).containsExactly(CLOSED);
            assertThat(after(LOST, ABANDONED).takesStarts()).isFalse();
        }

        @Test
        void a_host_whose_agent_never_came_gives_it_up_too() {
            fixture.given(REGISTERED).when(new AbandonHost(ID)).expectEvents(ABANDONED);
        }

        @Test
        void an_online_host_is_refused() {
            fixture.given(REGISTERED, RETURNED)
                    .when(new AbandonHost(ID))
                    .expectException(refusedBecause(new Reason.HostOnline("attic")))
                    .expectNoEvents();
        }

        @Test
        void an_abandoned_host_changes_nothing() {
            fixture.given(REGISTERED, ABANDONED).when(new AbandonHost(ID)).expectNoEvents();
        }

        @ParameterizedTest
        @MethodSource("dev.trailer.domain.host.HostAggregateTest#commands")
        void leaves_nothing_to_be_asked_of_it_but_its_end(HostCommand command) {
            if (!(command instanceof AbandonHost || command instanceof RemoveHost)) {
                fixture.given(REGISTERED, ABANDONED)
                        .when(command)
                        .expectException(refusedBecause(new Reason.BeingDeleted("host")))
                        .expectNoEvents();
            }
        }

        @Test
        void ends_with_its_removal() {
            fixture.given(REGISTERED, ABANDONED).when(new RemoveHost(ID)).expectEvents(REMOVED);
        }
    }

    @Nested
    class Resuming {
        @Test
        void a_drained_host_opens_it_and_lets_things_start() {
            fixture.given(REGISTERED, RETURNED, DRAINED)
                    .when(new ResumeHost(ID))
                    .expectEvents(new HostResumed(ID, 3));
            assertThat(claims(after(RETURNED, DRAINED), new ResumeHost(ID))).containsExactly(OPEN);
            assertThat(after(RETURNED, DRAINED, new HostResumed(ID, 3)).takesStarts())
                    .isTrue();
        }

        @Test
        void an_online_cordoned_host_opens_it() {
            fixture.given(REGISTERED, RETURNED, CORDONED)
                    .when(new ResumeHost(ID))
                    .expectEvents(new HostResumed(ID, 3));
            assertThat(claims(after(RETURNED, CORDONED), new ResumeHost(ID))).containsExactly(OPEN);
        }

        @Test
        void a_lost_cordoned_host_leaves_it_closed() {
            assertThat(claims(after(RETURNED, CORDONED, LOST), new ResumeHost(ID)))
                    .containsExactly(CLOSED);
        }

        @Test
        void a_host_that_is_not_cordoned_changes_nothing() {
            fixture.given(REGISTERED).when(new ResumeHost(ID)).expectNoEvents();
        }
    }

    @Nested
    class Removing {
        @Test
        void a_host_is_its_end_whether_or_not_it_answers() {
            fixture.given(REGISTERED, RETURNED, LOST).when(new RemoveHost(ID)).expectEvents(REMOVED);
            assertThat(after(REMOVED).presence()).isEqualTo(Presence.REMOVED);
        }

        @Test
        void withdraws_the_capacity_before_it_frees_the_name() {
            assertThat(claims(after(), new RemoveHost(ID)))
                    .containsExactly(new Claim.CapacityWithdrawn(ID.value()), NAME_FREED);
        }
    }
}
