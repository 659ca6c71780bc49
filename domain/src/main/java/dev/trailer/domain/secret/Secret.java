package dev.trailer.domain.secret;

import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.SecretName;
import dev.trailer.domain.secret.SecretEvent.SecretCreated;
import dev.trailer.domain.secret.SecretEvent.SecretDeleted;
import dev.trailer.domain.secret.SecretEvent.SecretRenewed;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A secret as its events have made it, without its value. Immutable.
 *
 * @param version counts its values, from 1; as each event but the last brings one, it is the generation too
 */
public record Secret(SecretId id, SecretName name, AccountId owner, long version, boolean deleted) {

    public SecretRef ref() {
        return new SecretRef(id, name);
    }

    /** @param state null before the first event */
    public static Secret evolve(@Nullable Secret state, SecretEvent event) {
        if (state == null && event instanceof SecretCreated e) {
            return new Secret(e.secret(), e.name(), e.owner(), 1, false);
        }
        var was = Objects.requireNonNull(state, "the first event of a secret is its creation");
        return switch (event) {
            case SecretCreated e -> throw new IllegalStateException("created twice: " + e.secret());
            case SecretRenewed e -> new Secret(was.id, was.name, was.owner, e.version(), false);
            case SecretDeleted _ -> new Secret(was.id, was.name, was.owner, was.version, true);
        };
    }
}
