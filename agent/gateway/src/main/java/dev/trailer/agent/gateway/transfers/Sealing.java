package dev.trailer.agent.gateway.transfers;

import dev.trailer.agent.protocol.Transfer;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DataBufferUtils;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Puts the seal behind an archive that passes, or takes it off and looks at it. Once, for one archive. */
final class Sealing {
    private final MessageDigest digest = digest();
    private byte[] held = new byte[0];
    private volatile String sha256 = "";
    private long bytes;

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance(Transfer.SEAL);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Of the archive; empty before its end. */
    String sha256() {
        return sha256;
    }

    /** @param maxBytes ends with {@code body_too_large} beyond */
    Flux<DataBuffer> seal(Flux<DataBuffer> archive, DataBufferFactory buffers, long maxBytes) {
        return archive.doOnNext(piece -> count(piece, maxBytes))
                .concatWith(Mono.fromSupplier(() -> buffers.wrap(finish())));
    }

    private void count(DataBuffer piece, long maxBytes) {
        bytes += piece.readableByteCount();
        if (bytes > maxBytes) {
            DataBufferUtils.release(piece);
            throw new Refused(new Reason.BodyTooLarge(maxBytes));
        }
        try (var parts = piece.readableByteBuffers()) {
            parts.forEachRemaining(digest::update);
        }
    }

    private byte[] finish() {
        byte[] seal = digest.digest();
        sha256 = HexFormat.of().formatHex(seal);
        return seal;
    }

    /** Ends with an error where the seal is not there or not the right one. */
    Flux<DataBuffer> unseal(Flux<DataBuffer> stream, DataBufferFactory buffers) {
        return stream.map(piece -> withoutLast(piece, buffers))
                .filter(piece -> piece.readableByteCount() > 0)
                .concatWith(Mono.defer(this::checked));
    }

    /** What may be the seal is held back until it is known that more comes. */
    private DataBuffer withoutLast(DataBuffer piece, DataBufferFactory buffers) {
        var all = new byte[held.length + piece.readableByteCount()];
        System.arraycopy(held, 0, all, 0, held.length);
        piece.read(all, held.length, all.length - held.length);
        DataBufferUtils.release(piece);
        int passing = Math.max(0, all.length - Transfer.SEAL_BYTES);
        held = Arrays.copyOfRange(all, passing, all.length);
        digest.update(all, 0, passing);
        return buffers.wrap(ByteBuffer.wrap(all, 0, passing));
    }

    private Mono<DataBuffer> checked() {
        return MessageDigest.isEqual(held, finish())
                ? Mono.empty()
                : Mono.error(new IOException("the archive did not come whole: its checksum does not agree"));
    }
}
