package dev.trailer.ledger;

import java.util.Arrays;
import java.util.List;

/**
 * A row in some other table that must be written in the very transaction that records a command's events: a credential, a
 * source address. Those with the same SQL are sent as one batch.
 *
 * @param parameters as JDBC takes them; must not hold null
 */
public record SideWrite(String sql, List<Object> parameters) {
    public SideWrite {
        parameters = List.copyOf(parameters);
    }

    public static SideWrite of(String sql, Object... parameters) {
        return new SideWrite(sql, Arrays.asList(parameters));
    }
}
