package dev.trailer.query.facts;

import dev.trailer.domain.Identifiers;
import dev.trailer.domain.facts.Subject;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** By what facts are looked for, in a list or live: the values that each parameter may have. */
public final class FactTerms {
    /** An id, or the name of a policy of the system. */
    private static final Pattern ACTOR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private static final List<String> KINDS =
            Stream.of(Subject.Kind.values()).map(Subject.Kind::storedName).toList();

    private FactTerms() {}

    /** @throws IllegalArgumentException saying what is allowed; so do the others */
    public static String resource(String text) {
        return Identifiers.requireUuid("a resource", text);
    }

    public static String actor(String text) {
        if (!ACTOR.matcher(text).matches()) {
            throw new IllegalArgumentException("must be an id or the name of a policy");
        }
        return text;
    }

    public static String type(String text) {
        return oneOf(FactTypes.ALL, text);
    }

    public static String kind(String text) {
        return oneOf(KINDS, text);
    }

    private static String oneOf(List<String> allowed, String text) {
        if (!allowed.contains(text)) {
            throw new IllegalArgumentException("must be one of " + allowed);
        }
        return text;
    }
}
