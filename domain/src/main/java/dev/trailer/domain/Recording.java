package dev.trailer.domain;

import dev.trailer.domain.claim.DeclaredClaims;
import java.util.Objects;
import java.util.function.BiFunction;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/** How every aggregate's door hands a decision to Axon: its events are applied, its claims left for the ledger. */
public final class Recording {
    private Recording() {}

    /**
     * Call only while a command is handled.
     *
     * @param state before, null if there was none
     * @return the state that the decision has led to
     */
    public static <S, E extends DomainEvent> S record(
            @Nullable S state, Decision<E> decision, BiFunction<@Nullable S, E, S> evolve) {
        var next = state;
        for (E event : decision.events()) {
            // Folded here too: Axon applies events of a new aggregate only after its handler has returned.
            next = evolve.apply(next, event);
            AggregateLifecycle.apply(event);
        }
        DeclaredClaims.declare(decision.claims());
        return Objects.requireNonNull(next, "a decision without events needs a state");
    }
}
