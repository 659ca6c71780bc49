package dev.trailer.api;

import dev.trailer.domain.reason.Explanations;
import dev.trailer.domain.reason.Reason;
import dev.trailer.domain.reason.Remedy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why something is as it is: for programs a code and its parameters, for people a sentence and what to do. */
@Schema(name = "Reason")
public record ReasonView(
        String code,
        String message,
        Map<String, String> params,
        @Nullable Remedy remedy) {

    /** Asking a class for its components makes new methods each time, whose first call costs more than all the rest. */
    private static final ClassValue<RecordComponent[]> COMPONENTS = new ClassValue<>() {
        @Override
        protected RecordComponent[] computeValue(Class<?> type) {
            return type.getRecordComponents();
        }
    };

    public static @Nullable ReasonView of(@Nullable Reason reason) {
        if (reason == null) {
            return null;
        }
        var explanation = Explanations.of(reason);
        return new ReasonView(explanation.code(), explanation.message(), paramsOf(reason), explanation.remedy());
    }

    /** With more to say, kept apart from the history: the engine's own words. */
    public ReasonView withDetail(String detail) {
        var more = new LinkedHashMap<>(params);
        more.put("detail", detail);
        return new ReasonView(code, message, more, remedy);
    }

    private static Map<String, String> paramsOf(Reason reason) {
        var params = new LinkedHashMap<String, String>();
        for (RecordComponent component : COMPONENTS.get(reason.getClass())) {
            try {
                var value = component.getAccessor().invoke(reason);
                if (value != null) {
                    params.put(component.getName(), Objects.toString(value));
                }
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("reasons are public records", e);
            }
        }
        return params;
    }
}
