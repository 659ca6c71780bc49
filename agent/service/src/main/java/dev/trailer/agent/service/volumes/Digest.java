package dev.trailer.agent.service.volumes;

import dev.trailer.agent.protocol.Transfer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a seal is made of, and how much it was. */
final class Digest {
    private final MessageDigest digest;
    private long bytes;

    Digest() {
        try {
            digest = MessageDigest.getInstance(Transfer.SEAL);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    void update(byte[] buffer, int offset, int length) {
        digest.update(buffer, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    byte[] finish() {
        return digest.digest();
    }
}
