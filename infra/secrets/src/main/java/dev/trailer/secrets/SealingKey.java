package dev.trailer.secrets;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One key of the key file: AES-256-GCM, with a random nonce for each value. What is sealed is bound to what it is the value
 * of, so that one row's bytes put into another's do not open. Any thread.
 *
 * @param id as the rows name it
 */
@SuppressWarnings("ArrayRecordComponent") // made from a file, never changed and never compared
record SealingKey(String id, byte[] bytes) {
    static final int BYTES = 32;
    /** What GCM is made for; random ones do not meet for some four thousand million values under one key. */
    private static final int NONCE_BYTES = 12;

    private static final int TAG_BITS = 128;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,40}");
    private static final SecureRandom RANDOM = new SecureRandom();

    @SuppressWarnings("ArrayRecordComponent") // on its way to or from a row
    record Sealed(byte[] nonce, byte[] bytes) {}

    SealingKey {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("a key's id is 1 to 40 letters, digits, _ or -");
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("key " + id + " has " + bytes.length + " bytes instead of " + BYTES);
        }
    }

    static SealingKey fresh() {
        var bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        var id = new byte[4];
        RANDOM.nextBytes(id);
        return new SealingKey("k" + HexFormat.of().formatHex(id), bytes);
    }

    /** As its line in the file. */
    String line() {
        return id + " " + Base64.getEncoder().encodeToString(bytes);
    }

    /** @throws IllegalArgumentException that never repeats the key */
    static SealingKey ofLine(String line) {
        var words = line.strip().split("\\s+");
        if (words.length != 2) {
            throw new IllegalArgumentException("a line is an id and a key");
        }
        try {
            return new SealingKey(words[0], Base64.getDecoder().decode(words[1]));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key " + words[0] + " is not " + BYTES + " bytes in base64");
        }
    }

    /** @param of what the value is of */
    Sealed seal(String of, byte[] value) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            return new Sealed(nonce, cipher(Cipher.ENCRYPT_MODE, nonce, of).doFinal(value));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** @throws AEADBadTagException if it was sealed by another key, of something else, or changed since */
    byte[] open(String of, Sealed sealed) throws AEADBadTagException {
        try {
            return cipher(Cipher.DECRYPT_MODE, sealed.nonce, of).doFinal(sealed.bytes);
        } catch (AEADBadTagException e) {
            throw e;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String of) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(bytes, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(of.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    /** Keys are not for logs. */
    @Override
    public String toString() {
        return "key " + id;
    }
}
