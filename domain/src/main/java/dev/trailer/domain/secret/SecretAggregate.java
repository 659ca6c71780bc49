package dev.trailer.domain.secret;

import dev.trailer.domain.Recording;
import dev.trailer.domain.secret.SecretCommand.CreateSecret;
import dev.trailer.domain.secret.SecretCommand.DeleteSecret;
import dev.trailer.domain.secret.SecretCommand.RenewSecret;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Axon's door to {@link SecretRules}. Every handler answers the state that the command has led to. Axon finds handlers by
 * the exact class of a command, hence one line each.
 */
public final class SecretAggregate {
    @SuppressWarnings("UnusedVariable") // Axon reads it
    @AggregateIdentifier
    private @Nullable SecretId id;

    private @Nullable Secret state;

    /** For Axon. */
    public SecretAggregate() {}

    /** Opened on a state that was folded before. */
    public SecretAggregate(Secret state) {
        this.id = state.id();
        this.state = state;
    }

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.ALWAYS)
    public Secret on(CreateSecret command) {
        return handle(command);
    }

    @CommandHandler
    public Secret on(RenewSecret command) {
        return handle(command);
    }

    @CommandHandler
    public Secret on(DeleteSecret command) {
        return handle(command);
    }

    @EventSourcingHandler
    public void on(SecretEvent event) {
        id = event.secret();
        state = Secret.evolve(state, event);
    }

    private Secret handle(SecretCommand command) {
        return Recording.record(state, SecretRules.decide(state, command), Secret::evolve);
    }
}
