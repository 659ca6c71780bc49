package dev.trailer.command.secrets;

import dev.trailer.api.ErrorList;
import dev.trailer.command.change.StorableText;
import dev.trailer.domain.secret.SecretRules;
import io.swagger.v3.oas.annotations.media.Schema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A secret as sent.
 *
 * @param value the text itself, or any bytes in base64; 1 byte to 64 KiB. A line's end at its end counts: leave it out
 * @param encoding {@code text} unless told otherwise
 */
@Schema(name = "SecretRequest")
public record SecretRequest(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable
        String name,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password") @Nullable
        String value,

        @Schema(allowableValues = {"text", "base64"}) @Nullable
        String encoding) {

    /** What becomes the next version. */
    @Schema(name = "SecretVersionRequest")
    public record Version(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED, format = "password") @Nullable
            String value,

            @Schema(allowableValues = {"text", "base64"}) @Nullable
            String encoding) {}

    /** Null, and noted, if there is something wrong with it. No error repeats what was sent. */
    static byte @Nullable [] value(@Nullable String value, @Nullable String encoding, ErrorList errors) {
        if (encoding != null && !encoding.equals("text") && !encoding.equals("base64")) {
            errors.add("/encoding", "invalid", "must be text or base64");
            return null;
        }
        return errors.require("/value", value, sent -> checked(bytes(sent, "base64".equals(encoding))));
    }

    private static byte[] bytes(String sent, boolean inBase64) {
        if (inBase64) {
            try {
                return Base64.getDecoder().decode(sent);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("must be base64, padded and without line ends", e);
            }
        }
        return StorableText.require(sent).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] checked(byte[] value) {
        if (value.length == 0 || value.length > SecretRules.MAX_VALUE_BYTES) {
            throw new IllegalArgumentException("must be 1 to " + SecretRules.MAX_VALUE_BYTES + " bytes");
        }
        return value;
    }

    /** Values are not for logs. */
    @Override
    public String toString() {
        return "secret " + name;
    }
}
