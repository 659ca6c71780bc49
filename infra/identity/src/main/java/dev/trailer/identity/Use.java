package dev.trailer.identity;

import dev.trailer.domain.access.Principal;
import dev.trailer.domain.account.AccountId;
import dev.trailer.domain.name.Handle;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/**
 * A secret that was found: whose it is and when it was last noted as used.
 *
 * @param lastUsed null if it never was
 */
record Use(Principal principal, @Nullable Instant lastUsed) {
    /** From the columns {@code id, handle, role, last_used_at}. */
    static Use read(ResultSet row, int number) throws SQLException {
        var lastUsed = row.getObject("last_used_at", OffsetDateTime.class);
        return new Use(
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
