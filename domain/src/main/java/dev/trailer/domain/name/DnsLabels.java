package dev.trailer.domain.name;

import java.util.regex.Pattern;

/** The grammar that all names share: they become parts of {@code app--workspace--owner}, so "--" must not occur. */
final class DnsLabels {
    private static final Pattern LABEL = Pattern.compile("[a-z]([a-z0-9]|-(?!-))*[a-z0-9]");

    private DnsLabels() {}

    static String require(String what, String value, int maxLength) {
        // Length first, and bounded before the pattern runs.
        if (value.length() < 2
                || value.length() > maxLength
                || !LABEL.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " must be 2 to " + maxLength
                    + " characters: lower-case letters, digits and single hyphens,"
                    + " starting with a letter and not ending in a hyphen");
        }
        return value;
    }
}
