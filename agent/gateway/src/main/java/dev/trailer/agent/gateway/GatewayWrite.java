package dev.trailer.agent.gateway;

import java.util.List;

/**
 * A row of ours to be written in the transaction that records a command's events.
 *
 * @param params for the question marks of {@code sql}: strings, numbers, booleans, {@code byte[]}, {@code Instant}
 */
public record GatewayWrite(String sql, List<Object> params) {
    public GatewayWrite {
        params = List.copyOf(params);
    }

    static GatewayWrite of(String sql, Object... params) {
        return new GatewayWrite(sql, List.of(params));
    }
}
