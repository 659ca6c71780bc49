package dev.trailer.domain.reason;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A reason in words.
 *
 * @param code stable, for programs
 * @param title the kind of reason, the same for every occurrence
 * @param message this occurrence, one sentence
 * @param remedy what to do about it, or null if only waiting or correcting the request helps
 * @param errors the request's fields at fault, empty if it is not about fields
 */
public record Explanation(
        String code, String title, String message, @Nullable Remedy remedy, List<FieldError> errors) {
    public Explanation {
        errors = List.copyOf(errors);
    }
}
