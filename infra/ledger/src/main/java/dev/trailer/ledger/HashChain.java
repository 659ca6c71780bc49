package dev.trailer.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;

/**
 * SHA-256 over everything that a row holds. {@code digest = H(salt, metadata, payload)}; {@code leaf = H(position, event
 * id, kind, id, sequence, type, revision, recordedAt, digest)}; {@code chain = H(chain before, leaf)}. Bytes
 * and texts (UTF-8) are preceded by their length as 8 bytes; numbers are 8 bytes, big-endian; a UUID is two numbers, an
 * instant its seconds and its nanoseconds. Not thread-safe.
 */
public final class HashChain {
    static final int SALT_LENGTH = 16;
    private static final int HASH_LENGTH = 32;

    private final MessageDigest sha256;
    private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

    public HashChain() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What the first position follows. */
    public static byte[] beginning() {
        return new byte[HASH_LENGTH];
    }

    public byte[] digest(byte[] salt, byte[] metadata, byte[] payload) {
        part(salt);
        part(metadata);
        part(payload);
        return sha256.digest();
    }

    /** @param recordedAt in whole microseconds, as PostgreSQL keeps it */
    public byte[] leaf(
            long position,
            UUID eventId,
            String kind,
            String aggregateId,
            long sequence,
            String type,
            int revision,
            Instant recordedAt,
            byte[] digest) {
        number(position);
        number(eventId.getMostSignificantBits());
        number(eventId.getLeastSignificantBits());
        part(kind.getBytes(StandardCharsets.UTF_8));
        part(aggregateId.getBytes(StandardCharsets.UTF_8));
        number(sequence);
        part(type.getBytes(StandardCharsets.UTF_8));
        number(revision);
        number(recordedAt.getEpochSecond());
        number(recordedAt.getNano());
        part(digest);
        return sha256.digest();
    }

    public byte[] chain(byte[] before, byte[] leaf) {
        part(before);
        part(leaf);
        return sha256.digest();
    }

    private void part(byte[] bytes) {
        number(bytes.length);
        sha256.update(bytes);
    }

    private void number(long value) {
        number.clear().putLong(value).flip();
        sha256.update(number);
    }
}
