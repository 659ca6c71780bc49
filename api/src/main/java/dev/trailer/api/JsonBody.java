package dev.trailer.api;

import dev.trailer.domain.reason.Refused;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads request bodies strictly: no unknown or doubled fields, no guessing of types; errors name the field. Any thread. */
public final class JsonBody {
    private static final JsonMapper JSON = strict();

    private JsonBody() {}

    private static JsonMapper strict() {
        var builder = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        for (var type : List.of(LogicalType.Textual, LogicalType.Integer, LogicalType.Float, LogicalType.Boolean)) {
            builder.withCoercionConfig(type, config -> {
                for (var shape : CoercionInputShape.values()) {
                    boolean integerAsFloat = type == LogicalType.Float && shape == CoercionInputShape.Integer;
                    if (!integerAsFloat) {
                        config.setCoercion(shape, CoercionAction.Fail);
                    }
                }
            });
        }
        return builder.build();
    }

    /** @throws Refused with {@code invalid}, naming the field */
    public static <T> T read(byte[] body, Class<T> type) {
        try {
            var value = JSON.readValue(body, type);
            if (value == null) {
                throw ErrorList.invalid("", "wrong_type", "must be a JSON object");
            }
            return value;
        } catch (JacksonException e) {
            throw refused(e);
        }
    }

    /** @throws Refused with {@code invalid}, naming the field */
    public static <T> T read(JsonNode tree, Class<T> type) {
        try {
            return Objects.requireNonNull(JSON.treeToValue(tree, type));
        } catch (JacksonException e) {
            throw refused(e);
        }
    }

    public static JsonNode tree(Object value) {
        return JSON.valueToTree(value);
    }

    public static byte[] write(Object value) {
        return JSON.writeValueAsBytes(value);
    }

    private static Refused refused(JacksonException e) {
        var pointer = pointer(e);
        if (e instanceof UnrecognizedPropertyException unknown) {
            return ErrorList.invalid(
                    pointer,
                    "unknown_field",
                    "is not a field here; known: "
                            + unknown.getKnownPropertyIds().stream()
                                    .map(String::valueOf)
                                    .sorted()
                                    .toList());
        }
        if (e instanceof InputCoercionException) {
            return ErrorList.invalid(
                    pointer, "out_of_range", "is a number too large or of the wrong kind for this field");
        }
        if (e instanceof StreamReadException) {
            var at = e.getLocation();
            var where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            return ErrorList.invalid(pointer, "malformed_json", "is not well-formed JSON" + where);
        }
        return ErrorList.invalid(pointer, "wrong_type", "has the wrong type");
    }

    private static String pointer(JacksonException e) {
        var pointer = new StringBuilder();
        for (var step : e.getPath()) {
            pointer.append('/');
            if (step.getPropertyName() != null) {
                pointer.append(step.getPropertyName().replace("~", "~0").replace("/", "~1"));
            } else {
                pointer.append(step.getIndex());
            }
        }
        return pointer.toString();
    }
}
