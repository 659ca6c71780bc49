package dev.trailer.command.change;

import java.util.List;

/**
 * A row in a table of its own that must be written in the very transaction that records a command's events.
 *
 * @param onlyWithEvents leave it out if the command turns out to change nothing
 * @param manyAtOnce the parameters are texts, and the SQL takes an array of texts for each: those of many commands go as one
 */
public record SideWrite(String sql, List<Object> parameters, boolean onlyWithEvents, boolean manyAtOnce) {
    public SideWrite {
        parameters = List.copyOf(parameters);
    }
}
