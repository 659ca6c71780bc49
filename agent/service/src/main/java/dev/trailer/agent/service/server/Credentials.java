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
 * again with the same hash; written again with the answer.
 */
record Credentials(
        String secret,
        @Nullable String install,
        @Nullable String host,
        @Nullable String hostName) {
    static final String FILE = "credentials.json";
    private static final int SECRET_BYTES = 32;

    static Credentials fresh() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return new Credentials(Base64.getUrlEncoder().withoutPadding().encodeToString(secret), null, null, null);
    }

    Credentials enrolled(Enrolment.Answer answer) {
        return new Credentials(secret, answer.install(), answer.host(), answer.hostName());
    }

    @Nullable
    Identity identity() {
        return install == null || host == null ? null : new Identity(install, host);
    }

    String secretHash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
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
