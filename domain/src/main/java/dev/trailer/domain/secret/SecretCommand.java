package dev.trailer.domain.secret;

import dev.trailer.domain.DomainCommand;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.SecretName;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What may be asked of a secret. The value goes beside the command, never in it. */
public sealed interface SecretCommand extends DomainCommand {
    SecretId secret();

    @Override
    default String target() {
        return secret().value();
    }

    /** Its first value is version 1. */
    record CreateSecret(@TargetAggregateIdentifier SecretId secret, AccountId owner, SecretName name)
            implements SecretCommand {}

    /**
     * It has another value from now on.
     *
     * @param version under which that value was sealed: the next, or the command is {@code stale}
     */
    record RenewSecret(@TargetAggregateIdentifier SecretId secret, long version) implements SecretCommand {}

    /** Also while workspaces name it: one that leaked must be able to go at once. They cannot start without it. */
    record DeleteSecret(@TargetAggregateIdentifier SecretId secret) implements SecretCommand {}
}
