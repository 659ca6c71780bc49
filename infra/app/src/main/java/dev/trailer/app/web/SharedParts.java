package dev.trailer.app.web;

import dev.trailer.api.Problem;
import dev.trailer.command.change.Changes;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds to every operation of the API's document what they share, so that no controller has to repeat it. */
final class SharedParts implements OpenApiCustomizer {
    private static final String MERGE_PATCH = "application/merge-patch+json";

    /** Neither reads a view nor writes events. */
    private static final Set<String> WITHOUT_POSITION = Set.of(
            "me",
            "signIn",
            "signOut",
            "stream",
            "verifyAudit",
            "exportAudit",
            "listImageTemplates",
            "backupVolume",
            "restoreVolume");

    /** Its answer has no generation to be compared with. */
    private static final Set<String> WITHOUT_GENERATION =
            Set.of("deleteVolume", "listWorkspaceAttempts", "readAttemptLog", "readBuildLog");

    @Override
    public void customise(OpenAPI document) {
        var components = document.getComponents();
        for (var answeredAnywhere : List.of(Problem.class, Changes.DryRun.class)) {
            ModelConverters.getInstance(true)
                    .resolveAsResolvedSchema(new AnnotatedType(answeredAnywhere).resolveAsRef(true))
                    .referencedSchemas
                    .forEach(components::addSchemas);
        }
        components.addResponses("Problem", problem());
        document.getPaths().values().forEach(path -> path.readOperationsMap()
                .forEach((method, operation) -> describe(method, operation, components)));
    }

    private static void describe(HttpMethod method, Operation operation, Components components) {
        var id = operation.getOperationId();
        operation.getResponses().addApiResponse(ApiResponses.DEFAULT, new ApiResponse().$ref("Problem"));
        if (id.equals("signIn")) {
            operation.setSecurity(List.of());
        }
        if (!WITHOUT_POSITION.contains(id)) {
            boolean isOne = parameters(operation).stream().anyMatch(p -> "path".equals(p.getIn()));
            boolean hasGeneration = !WITHOUT_GENERATION.contains(id);
            if (method == HttpMethod.GET) {
                describeRead(operation);
            } else {
                describeChange(method, operation, isOne && hasGeneration);
            }
            if (hasGeneration && (isOne || method != HttpMethod.GET)) {
                answered(operation, "ETag", "ETag");
            }
        }
        var body = operation.getRequestBody();
        if (body != null && body.getContent().containsKey(MERGE_PATCH)) {
            var media = body.getContent().get(MERGE_PATCH);
            media.setSchema(patchOf(media.getSchema(), components));
        }
    }

    private static void describeRead(Operation operation) {
        parameters(operation).removeIf(p -> "Trailer-Position".equals(p.getName()));
        take(operation, "Position");
        answered(operation, "Trailer-Behind", "Behind");
    }

    private static void describeChange(HttpMethod method, Operation operation, boolean comparesGenerations) {
        if (comparesGenerations) {
            take(operation, "IfMatch");
        }
        take(operation, "DryRun");
        if (method == HttpMethod.POST) {
            take(operation, "IdempotencyKey");
        }
        answered(operation, "Trailer-Position", "Position");
        var created = operation.getResponses().get("201");
        if (created != null) {
            created.addHeaderObject("Location", new Header().$ref("Location"));
        }
    }

    private static List<Parameter> parameters(Operation operation) {
        if (operation.getParameters() == null) {
            operation.setParameters(new ArrayList<>());
        }
        return operation.getParameters();
    }

    private static void take(Operation operation, String parameter) {
        parameters(operation).add(new Parameter().$ref(parameter));
    }

    /** In every answer that is no refusal. */
    private static void answered(Operation operation, String name, String header) {
        operation.getResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                response.addHeaderObject(name, new Header().$ref(header));
            }
        });
    }

    /** The same fields as in the request that makes it, none of them required. */
    private static Schema<?> patchOf(Schema<?> request, Components components) {
        // The library drops a schema that it could not make without a word; we do not.
        var reference = Objects.requireNonNull(request.get$ref(), "no schema for a merge patch");
        var name = reference.substring(reference.lastIndexOf('/') + 1);
        var patch = new JsonSchema();
        patch.setTypes(Set.of("object"));
        Schema<?> whole = Objects.requireNonNull(components.getSchemas().get(name));
        whole.getProperties().forEach(patch::addProperty);
        var patchName = name.replaceFirst("Request$", "Patch");
        components.addSchemas(patchName, patch);
        return new JsonSchema().$ref(patchName);
    }

    private static ApiResponse problem() {
        return new ApiResponse()
                .description("Refused, and why")
                .content(new Content()
                        .addMediaType(Problem.MEDIA_TYPE, new MediaType().schema(new JsonSchema().$ref("Problem"))));
    }
}
