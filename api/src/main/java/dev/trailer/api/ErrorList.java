package dev.trailer.api;

import dev.trailer.domain.reason.FieldError;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a request, so that all of it is told at once. One request, one thread. */
public final class ErrorList {
    /** More would help nobody. */
    private static final int MAX = 50;

    private final List<FieldError> errors = new ArrayList<>();

    public void add(String pointer, String code, String message) {
        if (errors.size() < MAX) {
            errors.add(new FieldError(pointer, code, message));
        }
    }

    /** Reads one field by a type that checks itself; null, and noted, if it will not have it. */
    public <R, T> @Nullable T read(String pointer, R raw, Function<R, T> type) {
        try {
            return type.apply(raw);
        } catch (IllegalArgumentException e) {
            add(pointer, "invalid", String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Reads one field that must be there. */
    public <R, T> @Nullable T require(String pointer, @Nullable R raw, Function<R, T> type) {
        if (raw == null) {
            add(pointer, "required", "is required");
            return null;
        }
        return read(pointer, raw, type);
    }

    public boolean isEmpty() {
        return errors.isEmpty();
    }

    /** @throws Refused with {@code invalid} if anything was noted */
    public void throwIfAny() {
        if (!errors.isEmpty()) {
            throw new Refused(new Reason.InvalidInput(errors));
        }
    }

    /** For a single thing that is wrong. */
    public static Refused invalid(String pointer, String code, String message) {
        return new Refused(new Reason.InvalidInput(List.of(new FieldError(pointer, code, message))));
    }
}
