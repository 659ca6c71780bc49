package dev.trailer.api;

import dev.trailer.domain.reason.Explanation;
import dev.trailer.domain.reason.FieldError;
import dev.trailer.domain.reason.Remedy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RFC 9457 problem document, the body of every error. */
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        List<FieldError> errors,
        @Nullable Remedy remedy) {

    public static final String MEDIA_TYPE = "application/problem+json";

    public static Problem of(Explanation e, int status) {
        return new Problem("/problems/" + e.code(), e.title(), status, e.message(), e.code(), e.errors(), e.remedy());
    }
}
