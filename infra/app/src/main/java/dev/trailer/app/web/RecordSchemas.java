package dev.trailer.app.web;

import dev.trailer.domain.DomainEvent;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Says in the API's document what JSpecify says in the code: a component of a record that is not {@code @Nullable} is
 * always there and never null; a nullable one may be null, and may be left out of what is sent. A component marked
 * {@code requiredMode = REQUIRED} is nullable only until it was checked. May see the same record many times.
 */
final class RecordSchemas implements ModelConverter {
    private static final String NULL = "null";

    /** Which fields these have depends on what they are about. */
    private static final Set<Class<?>> ANY_OBJECT = Set.of(DomainEvent.class, JsonNode.class);

    @Override
    public boolean isOpenapi31() {
        return true;
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json.mapper().constructType(type.getType()).getRawClass();
        if (ANY_OBJECT.contains(raw)) {
            return anyObject();
        }
        if (!chain.hasNext()) {
            return null;
        }
        Schema<?> schema = chain.next().resolve(type, context, chain);
        if (raw.isRecord() && raw.getPackageName().startsWith("dev.trailer.")) {
            var defined = schema == null || schema.get$ref() == null
                    ? schema
                    : context.getDefinedModels().get(nameIn(schema.get$ref()));
            if (defined != null && defined.getProperties() != null) {
                describe(defined, raw.getRecordComponents());
            }
        }
        return schema;
    }

    private static Schema<?> anyObject() {
        var schema = new JsonSchema();
        schema.setTypes(Set.of("object"));
        schema.setAdditionalProperties(true);
        return schema;
    }

    private static void describe(Schema<?> schema, RecordComponent[] components) {
        boolean isSent = Arrays.stream(components).allMatch(RecordSchemas::isNullable);
        var required = new TreeSet<>(schema.getRequired() == null ? List.<String>of() : schema.getRequired());
        for (var component : components) {
            var name = component.getName();
            Schema<?> property = schema.getProperties().get(name);
            if (property == null) {
                continue;
            }
            boolean checked = required.contains(name);
            if (ANY_OBJECT.contains(component.getType())) {
                property = anyObject().description(property.getDescription());
            }
            if (isNullable(component) && !checked) {
                property = orNull(property);
            }
            valuesOrNull(component, property);
            schema.getProperties().put(name, property);
            // What is read always has all its fields; null says that there is nothing.
            if (!isSent || !isNullable(component)) {
                required.add(name);
            }
        }
        schema.setRequired(required.isEmpty() ? null : List.copyOf(required));
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** A null in a map of a merge patch removes what is there under its key. */
    private static void valuesOrNull(RecordComponent component, Schema<?> property) {
        if (component.getAnnotatedType() instanceof AnnotatedParameterizedType type
                && type.getAnnotatedActualTypeArguments().length == 2
                && type.getAnnotatedActualTypeArguments()[1].isAnnotationPresent(Nullable.class)
                && property.getAdditionalProperties() instanceof Schema<?> values) {
            property.setAdditionalProperties(orNull(values));
        }
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.getAnyOf() != null) {
            return schema;
        }
        if (schema.get$ref() != null) {
            var nothing = new JsonSchema();
            nothing.setTypes(Set.of(NULL));
            return new JsonSchema().anyOf(List.of(new JsonSchema().$ref(schema.get$ref()), nothing));
        }
        schema.setTypes(new LinkedHashSet<>(List.of(typeOf(schema), NULL)));
        allowNull(schema);
        return schema;
    }

    private static String typeOf(Schema<?> schema) {
        if (schema.getTypes() == null) {
            return schema.getType();
        }
        return schema.getTypes().stream()
                .filter(type -> !type.equals(NULL))
                .findFirst()
                .orElseThrow();
    }

    private static <T> void allowNull(Schema<T> schema) {
        if (schema.getEnum() != null && !schema.getEnum().contains(null)) {
            var more = new ArrayList<@Nullable T>(schema.getEnum());
            more.add(null);
            schema.setEnum(more);
        }
    }

    private static String nameIn(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
