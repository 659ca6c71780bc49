package dev.trailer.secrets;

import java.util.List;

/**
 * A row of ours to be written in the transaction that records a command's events.
 *
 * @param params for the question marks of {@code sql}: strings, numbers, {@code byte[]}
 */
public record SecretWrite(String sql, List<Object> params) {
    public SecretWrite {
        params = List.copyOf(params);
    }

    static SecretWrite of(String sql, Object... params) {
        return new SecretWrite(sql, List.of(params));
    }
}
