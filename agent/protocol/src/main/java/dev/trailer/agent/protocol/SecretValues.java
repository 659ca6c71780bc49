package dev.trailer.agent.protocol;

import java.util.List;

/** Values of secrets, for one workspace of the host that asks. To be held in memory only, and no longer than needed. */
public record SecretValues(List<Value> values) {
    public SecretValues {
        values = List.copyOf(values);
    }

    /**
     * @param secret its id
     * @param version counts its values
     * @param value its bytes, in base64 on the wire
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    public record Value(String secret, long version, byte[] value) {
        /** Values are not for logs. */
        @Override
        public String toString() {
            return secret + " version " + version;
        }
    }
}
