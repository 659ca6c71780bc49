package dev.trailer.command.change;

/** Text that can be kept: in the ledger, in views, and on an engine. Pure; any thread. */
public final class StorableText {
    private StorableText() {}

    /** @throws IllegalArgumentException for NUL, which PostgreSQL's text cannot hold, or half of a surrogate pair, which UTF-8 cannot */
    public static String require(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("must not contain NUL");
        }
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException("must be well-formed Unicode");
        }
        return text;
    }
}
