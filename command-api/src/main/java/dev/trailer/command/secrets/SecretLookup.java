package dev.trailer.command.secrets;

import dev.trailer.command.change.Aggregates;
import dev.trailer.command.change.Claims;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.secret.Secret;
import dev.trailer.domain.secret.SecretId;
import java.util.Optional;

/** Finds secrets by whose they are and what they are called. Any thread. */
public final class SecretLookup {
    private final Claims claims;
    private final Aggregates aggregates;

    public SecretLookup(Claims claims, Aggregates aggregates) {
        this.claims = claims;
        this.aggregates = aggregates;
    }

    /** The secret that has the name now. */
    public Optional<Secret> named(AccountId owner, String name) {
        return claims.holderOf(NameSpace.secretsOf(owner), name)
                .flatMap(id -> aggregates.secret(new SecretId(id)))
                .filter(secret -> !secret.deleted());
    }

    int count(AccountId owner) {
        return claims.namesIn(NameSpace.secretsOf(owner));
    }
}
