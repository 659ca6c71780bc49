package dev.trailer.domain.secret;

import dev.trailer.domain.DomainEvent;
import dev.trailer.domain.StoredAs;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.SecretName;

/** What has happened to a secret. That it has a value, never the value. */
public sealed interface SecretEvent extends DomainEvent {
    SecretId secret();

    @StoredAs("secret.created")
    record SecretCreated(SecretId secret, AccountId owner, SecretName name) implements SecretEvent {}

    @StoredAs("secret.renewed")
    record SecretRenewed(SecretId secret, long version) implements SecretEvent {}

    /** The last event of a secret; its value was erased with it. */
    @StoredAs("secret.deleted")
    record SecretDeleted(SecretId secret) implements SecretEvent {}
}
