package dev.trailer.domain.secret;

import dev.trailer.domain.Decision;
import dev.trailer.domain.claim.Claim;
import dev.trailer.domain.claim.NameSpace;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import dev.trailer.domain.secret.SecretCommand.CreateSecret;
import dev.trailer.domain.secret.SecretCommand.DeleteSecret;
import dev.trailer.domain.secret.SecretCommand.RenewSecret;
import dev.trailer.domain.secret.SecretEvent.SecretCreated;
import dev.trailer.domain.secret.SecretEvent.SecretDeleted;
import dev.trailer.domain.secret.SecretEvent.SecretRenewed;
import org.jspecify.annotations.Nullable;

/** What may happen to a secret. Pure; any thread. */
public final class SecretRules {
    /** A key, a token, a certificate with its chain; not an archive. Workspaces hold their values in memory. */
    public static final int MAX_VALUE_BYTES = 64 << 10;

    /** More than a person keeps apart by name; each costs a row and, at most, its 64 KiB. */
    public static final int MAX_PER_OWNER = 500;

    private SecretRules() {}

    /**
     * @param state null if there is no such secret
     * @throws Refused with the reason, if the command may not be carried out
     */
    public static Decision<SecretEvent> decide(@Nullable Secret state, SecretCommand command) {
        if (state == null && command instanceof CreateSecret create) {
            return Decision.<SecretEvent>of(new SecretCreated(create.secret(), create.owner(), create.name()))
                    .claiming(new Claim.NameTaken(
                            NameSpace.secretsOf(create.owner()),
                            create.name().value(),
                            create.secret().value()));
        }
        if (state == null || state.deleted()) {
            throw new Refused(new Reason.NotFound("secret", command.secret().value()));
        }
        return switch (command) {
            case CreateSecret c -> throw new IllegalStateException("made twice: " + c.target());
            case RenewSecret c -> renew(state, c.version());
            case DeleteSecret c ->
                Decision.<SecretEvent>of(new SecretDeleted(c.secret()))
                        .claiming(new Claim.NameFreed(
                                NameSpace.secretsOf(state.owner()),
                                state.name().value(),
                                state.id().value()));
        };
    }

    private static Decision<SecretEvent> renew(Secret was, long version) {
        if (version != was.version() + 1) {
            throw new Refused(new Reason.Stale(version - 1, was.version()));
        }
        return Decision.of(new SecretRenewed(was.id(), version));
    }
}
