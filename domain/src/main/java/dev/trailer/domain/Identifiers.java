package dev.trailer.domain;

import java.util.regex.Pattern;

/** What all typed ids share: lower-case UUID text, so that an id is safe in labels, paths and container names. */
public final class Identifiers {
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    private Identifiers() {}

    /** @throws IllegalArgumentException if {@code value} is not a UUID in lower case */
    public static String requireUuid(String what, String value) {
        if (!UUID.matcher(value).matches()) {
            throw new IllegalArgumentException(what + " must be a UUID in lower case");
        }
        return value;
    }
}
