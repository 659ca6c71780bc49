package dev.trailer.query.port;

import dev.trailer.domain.secret.SecretId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** When values of secrets were last given to agents: no facts, so kept beside the history. Any thread; blocks. */
@FunctionalInterface
public interface SecretUses {
    /** @return by the secret's id; those that were never given are left out */
    Map<String, Instant> lastUsed(Collection<SecretId> secrets);
}
