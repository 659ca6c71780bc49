package dev.trailer.agent.service.server;

import dev.trailer.agent.plan.Identity;
import dev.trailer.agent.protocol.Enrolment;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Who this host is. Written with the secret alone before enrolment is asked for, so that a lost answer can be asked for
 * again with the same hash; written again with the answer. A later token, for another secret, goes the same way beside
 * them, and takes their place once the server has taken it.
 *
 * @param tokenHash of the token that it enrolled with, so that a later one is seen to be another; null if that is not known
 */
record Credentials(
        String secret,
        @Nullable String install,
        @Nullable String host,
        @Nullable String hostName,
        @Nullable String tokenHash) {
    static final String FILE = "credentials.json";
    static final String NEXT_FILE = "credentials-next.json";
    private static final int SECRET_BYTES = 32;

    static Credentials fresh() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new Credentials(Base64.getUrlEncoder().withoutPadding().encodeToString(secret), null, null, null, null);
    }

    /** With another secret, to be enrolled with that token. */
    static Credentials freshFor(String token) {
        return new Credentials(fresh().secret, null, null, null, sha256(token));
    }

    Credentials enrolled(Enrolment.Answer answer, String token) {
        return new Credentials(secret, answer.install(), answer.host(), answer.hostName(), sha256(token));
    }

    /** Whether that is the token that it enrolled with, or is to. Where that is not known, it is not. */
    boolean areOf(String token) {
        return sha256(token).equals(tokenHash);
    }

    @Nullable
    Identity identity() {
        return install == null || host == null ? null : new Identity(install, host);
    }

    String secretHash() {
        return sha256(secret);
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Without the secret: this may end up in a log. */
    @Override
    public String toString() {
        return "credentials of host " + host;
    }
}
