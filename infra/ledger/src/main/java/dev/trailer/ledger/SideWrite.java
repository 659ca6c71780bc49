package dev.trailer.ledger;

import java.util.List;

/**
 * A row in some other table that must be written in the very transaction that records a command's events: a credential, a
 * source address. Those with the same SQL are sent as one batch.
 *
 * @param parameters as JDBC takes them; must not hold null
 * @param onlyWithEvents leave it out if the command turns out to change nothing
 */
public record SideWrite(String sql, List<Object> parameters, boolean onlyWithEvents) {
    public SideWrite {
        parameters = List.copyOf(parameters);
    }
}
