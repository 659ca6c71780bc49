package dev.trailer.domain.secret;

import static dev.trailer.domain.reason.Refusals.reasonFor;
import static dev.trailer.domain.reason.Refusals.refusedBecause;
import static dev.trailer.domain.secret.Secrets.CREATED;
import static dev.trailer.domain.secret.Secrets.ID;
import static dev.trailer.domain.secret.Secrets.TOKEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.domain.account.Accounts;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.secret.SecretCommand.CreateSecret;
import dev.trailer.domain.secret.SecretCommand.DeleteSecret;
import dev.trailer.domain.secret.SecretCommand.RenewSecret;
import dev.trailer.domain.secret.SecretEvent.SecretDeleted;
import dev.trailer.domain.secret.SecretEvent.SecretRenewed;
import java.util.List;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may happen to a secret, command by command, and what it claims. */
class SecretAggregateTest {
    private static final Reason NOT_FOUND = new Reason.NotFound("secret", ID.value());
    private static final CreateSecret CREATE = new CreateSecret(ID, Accounts.OWNER, TOKEN);
    private static final NameSpace SPACE = NameSpace.secretsOf(Accounts.OWNER);

    private final FixtureConfiguration<SecretAggregate> fixture = new AggregateTestFixture<>(SecretAggregate.class);

    /** Every command but the creation. */
    static List<SecretCommand> commands() {
        return List.of(new RenewSecret(ID, 2), new DeleteSecret(ID));
    }

    @Nested
    class Every_command {
        @ParameterizedTest
        @MethodSource("dev.trailer.domain.secret.SecretAggregateTest#commands")
        void is_refused_where_there_is_no_such_secret(SecretCommand command) {
            fixture.givenNoPriorActivity().when(command).expectException(AggregateNotFoundException.class);
            assertThat(reasonFor(() -> SecretRules.decide(null, command))).isEqualTo(NOT_FOUND);
        }

        @ParameterizedTest
        @MethodSource("dev.trailer.domain.secret.SecretAggregateTest#commands")
        void is_refused_once_the_secret_is_deleted(SecretCommand command) {
            fixture.given(CREATED, new SecretDeleted(ID))
                    .when(command)
                    .expectException(refusedBecause(NOT_FOUND))
                    .expectNoEvents();
        }
    }

    @Nested
    class Creating {
        @Test
        void takes_the_name_among_its_owners_secrets() {
            fixture.givenNoPriorActivity()
                    .when(CREATE)
                    .expectEvents(CREATED)
                    .expectResultMessagePayload(new Secret(ID, TOKEN, Accounts.OWNER, 1, false));
            assertThat(SecretRules.decide(null, CREATE).claims())
                    .containsExactly(new Claim.NameTaken(SPACE, "github-token", ID.value()));
        }
    }

    @Nested
    class Renewing {
        @Test
        void counts_the_values() {
            fixture.given(CREATED)
                    .when(new RenewSecret(ID, 2))
                    .expectEvents(new SecretRenewed(ID, 2))
                    .expectResultMessagePayload(new Secret(ID, TOKEN, Accounts.OWNER, 2, false));
        }

        @Test
        void is_stale_if_somebody_renewed_it_meanwhile_since_the_value_is_sealed_for_one_version() {
            fixture.given(CREATED, new SecretRenewed(ID, 2))
                    .when(new RenewSecret(ID, 2))
                    .expectException(refusedBecause(new Reason.Stale(1, 2)))
                    .expectNoEvents();
        }
    }

    @Nested
    class Deleting {
        @Test
        void frees_the_name() {
            fixture.given(CREATED)
                    .when(new DeleteSecret(ID))
                    .expectEvents(new SecretDeleted(ID))
                    .expectResultMessagePayload(new Secret(ID, TOKEN, Accounts.OWNER, 1, true));
            assertThat(SecretRules.decide(Secret.evolve(null, CREATED), new DeleteSecret(ID))
                            .claims())
                    .containsExactly(new Claim.NameFreed(SPACE, "github-token", ID.value()));
        }
    }
}
