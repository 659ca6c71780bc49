package dev.trailer.agent.gateway;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Opaque secrets: a prefix that tells their kind, then 32 random bytes; stored as SHA-256 only. Any thread. */
final class Secret {
    static final String ENROLMENT_PREFIX = "trle_";
    static final String SESSION_PREFIX = "trla_";

    /** Above any of ours, and what agents make for themselves; what is longer is not even hashed. */
    static final int MAX_LENGTH = 256;

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secret() {}

    static String fresh(String prefix) {
        var bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
