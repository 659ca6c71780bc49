package dev.trailer.domain.claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeclaredClaimsTest {
    private static final Claim FIRST = new Claim.NameTaken(NameSpace.HOSTS, "attic", "a");
    private static final Claim SECOND = new Claim.Displaced("b");

    private final DefaultUnitOfWork<Message<?>> outer = DefaultUnitOfWork.startAndGet(new GenericMessage<>("outer"));

    @AfterEach
    void end() {
        if (outer.isActive()) {
            outer.rollback();
        }
    }

    @Test
    void nothing_declared_is_an_empty_list() {
        DeclaredClaims.declare(List.of());
        assertThat(DeclaredClaims.in(outer)).isEmpty();
    }

    @Test
    void claims_keep_the_order_in_which_they_were_declared() {
        DeclaredClaims.declare(List.of(SECOND, FIRST));
        DeclaredClaims.declare(List.of(SECOND));
        assertThat(DeclaredClaims.in(outer)).containsExactly(SECOND, FIRST, SECOND);
    }

    @Test
    void a_command_inside_another_declares_with_the_outer_one() {
        var inner = DefaultUnitOfWork.startAndGet(new GenericMessage<>("inner"));
        DeclaredClaims.declare(List.of(FIRST));
        assertThat(DeclaredClaims.in(inner)).containsExactly(FIRST);
        inner.commit();
        assertThat(DeclaredClaims.in(outer)).containsExactly(FIRST);
    }

    @Test
    void outside_a_command_there_is_nowhere_to_declare() {
        outer.rollback();
        assertThatIllegalStateException().isThrownBy(() -> DeclaredClaims.declare(List.of(FIRST)));
    }
}
