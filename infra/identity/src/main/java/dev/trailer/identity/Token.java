package dev.trailer.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** Opaque secrets: a prefix that tells their kind, for people and secret scanners, then 32 random bytes. Any thread. */
final class Token {
    static final String API_PREFIX = "trl_";
    static final String SESSION_PREFIX = "trs_";
    static final String LINK_PREFIX = "tri_";

    /** Far above any of ours; what is longer is not even hashed. */
    static final int MAX_LENGTH = 128;

    private static final int RANDOM_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    static String fresh(String prefix) {
        var bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What is stored: a lookup by it tells nothing by its timing that would help to guess 32 random bytes. */
    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
