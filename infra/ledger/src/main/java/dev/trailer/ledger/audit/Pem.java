package dev.trailer.ledger.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;

/** Ed25519 keys as text, in the form that every other tool reads too. */
final class Pem {
    static final String ALGORITHM = "Ed25519";
    private static final int LINE_LENGTH = 64;
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";

    private Pem() {}

    static String write(PrivateKey key) {
        return block(PRIVATE, key.getEncoded());
    }

    static String write(PublicKey key) {
        return block(PUBLIC, key.getEncoded());
    }

    /** @throws IOException if there is no such key in the text */
    static PrivateKey readPrivate(String text) throws IOException {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(bytes(PRIVATE, text)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("it holds no private Ed25519 key", e);
        }
    }

    /** @throws IOException if there is no such key in the text */
    static PublicKey readPublic(String text) throws IOException {
        try {
            return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(bytes(PUBLIC, text)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("it holds no public Ed25519 key", e);
        }
    }

    private static String block(String name, byte[] bytes) {
        var lines = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(bytes);
        return "-----BEGIN " + name + "-----\n" + lines + "\n-----END " + name + "-----\n";
    }

    private static byte[] bytes(String name, String text) {
        var block = Pattern.compile("-----BEGIN " + name + "-----([A-Za-z0-9+/=\\s]*)-----END " + name + "-----")
                .matcher(text);
        if (!block.find()) {
            throw new IllegalArgumentException("no " + name);
        }
        return Base64.getMimeDecoder().decode(block.group(1));
    }
}
