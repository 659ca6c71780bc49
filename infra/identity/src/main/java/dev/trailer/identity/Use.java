package dev.trailer.identity;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.Handle;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A secret that was found: whose it is and when it was last noted as used.
 *
 * @param hash of the secret, by {@link Lookup#key}
 * @param lastUsed null if it never was
 */
record Use(String hash, Principal principal, @Nullable Instant lastUsed) {
    static Map<String, Use> byHash(List<Use> found) {
        return found.stream().collect(Collectors.toMap(Use::hash, use -> use));
    }

    /** From the columns {@code token_hash, id, handle, role, last_used_at}. */
    static Use read(ResultSet row, int number) throws SQLException {
        var lastUsed = row.getObject("last_used_at", OffsetDateTime.class);
        return new Use(
                Lookup.key(row.getBytes("token_hash")),
                new Principal(
                        new AccountId(row.getString("id")),
                        new Handle(row.getString("handle")),
                        Roles.of(row.getString("role"))),
                lastUsed == null ? null : lastUsed.toInstant());
    }

    boolean isOlderThan(Instant instant) {
        return lastUsed == null || lastUsed.isBefore(instant);
    }
}
