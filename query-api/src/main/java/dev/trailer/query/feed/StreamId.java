package dev.trailer.query.feed;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the stream, as readers keep it: {@code 4711-9f86d081}, the ledger's position and a mark of its timeline. After
 * a restore from backup the timeline is another one, and a position of the old one means nothing any more.
 *
 * @param mark null where a reader brought the position alone, which is taken for one of this timeline
 */
record StreamId(long position, @Nullable String mark) {
    /** Enough that two timelines of one installation do not meet: nobody restores 10,000 times. */
    private static final int MARK_BYTES = 4;

    private static final Pattern FORM = Pattern.compile("([0-9]{1,18})(?:-([0-9a-f]{8}))?");

    /** @throws IllegalArgumentException if it is not one of ours */
    static StreamId parse(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("must be the id of a fact, such as 4711-9f86d081, or a position");
        }
        return new StreamId(Long.parseLong(parts.group(1)), parts.group(2));
    }

    static String markOf(String timeline) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(timeline.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, MARK_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return mark == null ? String.valueOf(position) : position + "-" + mark;
    }
}
