package dev.trailer.ledger.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Set;

/**
 * The key that signs checkpoints: made at the first start, in a file that its owner alone can read. Its public half lies
 * beside it, for whoever wants to keep it elsewhere. Any thread.
 */
record CheckpointSigner(PrivateKey key, CheckpointVerifier verifier) {
    static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    /**
     * Reads the key, making it first if there is none.
     *
     * @param file holds both halves; the public one is also in a file of this name with {@code .pub}
     * @throws IOException saying which file, and why
     */
    static CheckpointSigner open(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                make(file);
            }
            var text = Files.readString(file);
            var signer = new CheckpointSigner(Pem.readPrivate(text), CheckpointVerifier.of(Pem.readPublic(text)));
            var probe = "whether these two belong together".getBytes(StandardCharsets.US_ASCII);
            if (!signer.verifier.verifies(probe, signer.sign(probe))) {
                throw new IOException("its two keys do not belong together");
            }
            var published = publicFile(file);
            if (!Files.exists(published)) {
                Files.writeString(published, Pem.write(signer.verifier.key()));
            }
            return signer;
        } catch (IOException e) {
            throw new IOException("the checkpoints' key " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    static Path publicFile(Path file) {
        return file.resolveSibling(file.getFileName() + ".pub");
    }

    byte[] sign(byte[] bytes) {
        try {
            var signature = Signature.getInstance(Pem.ALGORITHM);
            signature.initSign(key);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK signs with Ed25519", e);
        }
    }

    /** Whole or not at all: half a key would keep every later start from signing. */
    private static void make(Path file) throws IOException {
        try {
            var pair = KeyPairGenerator.getInstance(Pem.ALGORITHM).generateKeyPair();
            var text = Pem.write(pair.getPrivate()) + Pem.write(pair.getPublic());
            var draft = file.resolveSibling(file.getFileName() + ".new");
            Files.deleteIfExists(draft);
            try (var channel = FileChannel.open(
                    draft,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(OWNER_ALONE))) {
                channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes Ed25519 keys", e);
        }
    }
}
