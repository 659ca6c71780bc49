package dev.trailer.api;

import dev.trailer.domain.reason.Refused;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a list goes on: opaque to clients, the last key that was given to us. */
public final class Cursor {
    private static final String PREFIX = "1:";
    private static final int MAX_LENGTH = 400;

    private Cursor() {}

    public static String after(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((PREFIX + key).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws Refused with {@code invalid} for {@code ?cursor} */
    public static @Nullable String key(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            if (cursor.length() <= MAX_LENGTH) {
                var text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
                if (text.startsWith(PREFIX)) {
                    return text.substring(PREFIX.length());
                }
            }
        } catch (IllegalArgumentException e) {
            // falls through: not ours
        }
        throw ErrorList.invalid("?cursor", "invalid", "must be the next of an earlier answer");
    }

    /** @throws Refused with {@code invalid} for {@code ?limit} */
    public static int limit(@Nullable String limit) {
        if (limit == null) {
            return Page.DEFAULT_LIMIT;
        }
        try {
            int value = Integer.parseInt(limit);
            if (value >= 1 && value <= Page.MAX_LIMIT) {
                return value;
            }
        } catch (NumberFormatException e) {
            // falls through: not a number
        }
        throw ErrorList.invalid("?limit", "invalid", "must be 1 to " + Page.MAX_LIMIT);
    }
}
