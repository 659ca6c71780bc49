package dev.trailer.ledger;

import java.util.List;

/**
 * A row in some other table that must be written in the very transaction that records a command's events: a credential, a
 * source address.
 *
 * @param parameters as JDBC takes them; must not hold null
 * @param onlyWithEvents leave it out if the command turns out to change nothing
 * @param manyAtOnce the SQL takes an array of texts for each parameter, so that all of a batch go as one statement; the
 *     parameters are texts then
 */
public record SideWrite(String sql, List<Object> parameters, boolean onlyWithEvents, boolean manyAtOnce) {
    public SideWrite {
        parameters = List.copyOf(parameters);
        if (manyAtOnce && !parameters.stream().allMatch(String.class::isInstance)) {
            throw new IllegalArgumentException("only texts go many at once");
        }
    }
}
