package dev.trailer.ledger.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.HexFormat;

/**
 * The public half of a key that signs checkpoints: all that is needed to believe them. Any thread.
 *
 * @param id the beginning of the SHA-256 of its encoding, in hex; each checkpoint names it
 */
public record CheckpointVerifier(PublicKey key, String id) {
    private static final int ID_LENGTH = 16;

    static CheckpointVerifier of(PublicKey key) {
        return new CheckpointVerifier(
                key, HexFormat.of().formatHex(Sha256.of(key.getEncoded())).substring(0, ID_LENGTH));
    }

    /**
     * From a file in PEM form.
     *
     * @throws IOException saying why not
     */
    public static CheckpointVerifier read(Path file) throws IOException {
        return of(Pem.readPublic(Files.readString(file)));
    }

    boolean verifies(byte[] signed, byte[] signature) {
        try {
            var check = Signature.getInstance(Pem.ALGORITHM);
            check.initVerify(key);
            check.update(signed);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // of another length, say
        }
    }
}
