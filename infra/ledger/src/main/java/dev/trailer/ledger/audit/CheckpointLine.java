package dev.trailer.ledger.audit;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * A checkpoint as a line of its file: JSON whose last field is the signature over everything before it, as it stands there
 * and closed with a brace.
 *
 * @param signed the bytes that the signature is for
 */
record CheckpointLine(Checkpoint checkpoint, byte[] signed, byte[] signature) {
    private static final String SIGNATURE = ",\"signature\":\"";
    private static final String END = "\"}";

    static byte[] write(Checkpoint checkpoint, CheckpointSigner signer) {
        var text = Json.MAPPER.writeValueAsString(checkpoint);
        var signature = Base64.getEncoder().encodeToString(signer.sign(text.getBytes(StandardCharsets.UTF_8)));
        var line = text.substring(0, text.length() - 1) + SIGNATURE + signature + END;
        return line.getBytes(StandardCharsets.UTF_8);
    }

    /** @return null if it is none */
    static @Nullable CheckpointLine read(byte[] line) {
        var text = new String(line, StandardCharsets.UTF_8);
        int at = text.lastIndexOf(SIGNATURE);
        if (at < 0 || !text.endsWith(END)) {
            return null;
        }
        var signed = text.substring(0, at) + "}";
        try {
            return new CheckpointLine(
                    Json.MAPPER.readValue(signed, Checkpoint.class),
                    signed.getBytes(StandardCharsets.UTF_8),
                    Base64.getDecoder().decode(text.substring(at + SIGNATURE.length(), text.length() - END.length())));
        } catch (JacksonException | IllegalArgumentException e) {
            return null;
        }
    }

    /** What the next line calls this one. */
    static String hash(byte[] line) {
        return HexFormat.of().formatHex(Sha256.of(line));
    }
}
