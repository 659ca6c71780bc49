package dev.trailer.query.read;

import dev.trailer.api.Cursor;
import dev.trailer.api.ErrorList;
import dev.trailer.domain.Identifiers;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;

/**
 * A request's query parameters, read strictly: unknown or doubled ones, and values that no resource could have, are told
 * together with {@link #check}. One request, one thread.
 */
public final class Params {
    private static final Pattern PRINTABLE = Pattern.compile("[^\\p{Cntrl}]+");
    private static final Pattern POSITION = Pattern.compile("[0-9]{1,18}");

    private final MultiValueMap<String, String> values;
    private final ErrorList errors = new ErrorList();

    private Params(MultiValueMap<String, String> values, List<String> known) {
        this.values = values;
        values.forEach((name, all) -> {
            if (!known.contains(name)) {
                errors.add("?" + name, "unknown_parameter", "is not a parameter here; known: " + known);
            } else if (all.size() > 1) {
                errors.add("?" + name, "invalid", "may be given once");
            }
        });
    }

    public static Params of(ServerWebExchange exchange, String... known) {
        return of(exchange.getRequest().getQueryParams(), known);
    }

    static Params of(MultiValueMap<String, String> values, String... known) {
        return new Params(values, List.of(known));
    }

    /** Any text, of at least one and at most {@code maxLength} characters. */
    public @Nullable String text(String name, int maxLength) {
        var value = given(name);
        if (value != null
                && (value.length() > maxLength || !PRINTABLE.matcher(value).matches())) {
            errors.add("?" + name, "invalid", "must be 1 to " + maxLength + " printable characters");
            return null;
        }
        return value;
    }

    /** A value of a type that checks itself: {@code form} returns it as looked for, or throws IllegalArgumentException. */
    public @Nullable String read(String name, UnaryOperator<String> form) {
        var value = given(name);
        return value == null ? null : errors.read("?" + name, value, form);
    }

    public @Nullable String oneOf(String name, List<String> allowed) {
        var value = given(name);
        if (value != null && !allowed.contains(value)) {
            errors.add("?" + name, "invalid", "must be one of " + allowed);
            return null;
        }
        return value;
    }

    /** An error that was found outside. */
    public void refuse(String name, String message) {
        errors.add("?" + name, "invalid", message);
    }

    public int limit() {
        return Cursor.limit(given("limit"));
    }

    /** The id behind which a list goes on. */
    public @Nullable String afterId() {
        var key = Cursor.key(given("cursor"));
        if (key != null) {
            try {
                Identifiers.requireUuid("a cursor", key);
            } catch (IllegalArgumentException e) {
                throw foreignCursor();
            }
        }
        return key;
    }

    /** The position before which a list, newest first, goes on; null to begin. */
    public @Nullable Long beforePosition() {
        var key = Cursor.key(given("cursor"));
        if (key == null) {
            return null;
        }
        if (!POSITION.matcher(key).matches()) {
            throw foreignCursor();
        }
        return Long.valueOf(key);
    }

    /** @throws dev.trailer.domain.reason.Refused with {@code invalid} if anything was wrong so far */
    public void check() {
        errors.throwIfAny();
    }

    private @Nullable String given(String name) {
        var all = values.get(name);
        // Null also for "?name" without a value, which WebFlux reads as a null in the list.
        if (all == null || all.isEmpty()) {
            return null;
        }
        var first = all.getFirst();
        return first == null ? "" : first;
    }

    private static RuntimeException foreignCursor() {
        return ErrorList.invalid("?cursor", "invalid", "must be the next of an earlier answer");
    }
}
