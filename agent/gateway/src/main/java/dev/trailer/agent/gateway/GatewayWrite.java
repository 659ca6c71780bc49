package dev.trailer.agent.gateway;

import java.util.List;

/**
 * A row of ours to be written in the transaction that records a command's events.
 *
 * @param params for the question marks of {@code sql}: strings, numbers, booleans, {@code byte[]}, {@code Instant}
 * @param manyAtOnce the parameters are texts, and the SQL takes an array of texts for each: those of many commands go as one
 */
public record GatewayWrite(String sql, List<Object> params, boolean manyAtOnce) {
    public GatewayWrite {
        params = List.copyOf(params);
    }

    static GatewayWrite of(String sql, Object... params) {
        return new GatewayWrite(sql, List.of(params), false);
    }
}
