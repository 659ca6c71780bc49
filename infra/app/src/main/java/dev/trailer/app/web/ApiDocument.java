package dev.trailer.app.web;

import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.HeaderParameter;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.tags.Tag;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** What the API's document says of the API as a whole, and the headers that its operations refer to. */
final class ApiDocument {
    static final String BEARER = "bearer";
    static final String COOKIE = "cookie";

    private ApiDocument() {}

    static OpenAPI frame() {
        return new OpenAPI()
                .info(new Info()
                        .title("Trailer")
                        .version("v1")
                        .description("Development workspaces on machines you own.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                // The one that was asked: a document that named a machine would be true on that machine alone.
                .servers(List.of(new Server().url("/")))
                .tags(List.of(
                        tag("facts", "What has happened: searched, or followed live"),
                        tag("hosts", "Machines that run workspaces, each by an agent"),
                        tag("images", "What workspaces are started from: versions and their builds"),
                        tag("secrets", "What workspaces need and nobody may read back"),
                        tag("session", "Signing in and out, and who one is"),
                        tag("volumes", "The data of workspaces, which outlives them"),
                        tag("workspaces", "Development environments in containers")))
                .security(List.of(new SecurityRequirement().addList(BEARER), new SecurityRequirement().addList(COOKIE)))
                .components(components());
    }

    private static Components components() {
        return new Components()
                .addSecuritySchemes(
                        BEARER,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("An API token"))
                .addSecuritySchemes(
                        COOKIE,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.APIKEY)
                                .in(SecurityScheme.In.COOKIE)
                                .name("__Host-trailer")
                                .description("The session of a browser; changes only from the server's own pages"))
                .addParameters(
                        "DryRun",
                        new QueryParameter()
                                .name("dryRun")
                                .description(
                                        "true: answers 200 with a DryRun, which tells what would happen, and changes"
                                                + " nothing")
                                .schema(typed("boolean")._default(false)))
                .addParameters(
                        "IfMatch",
                        header(
                                "If-Match",
                                "The ETag that was read: refused (412) if the generation has moved since",
                                text("\"3\"")))
                .addParameters(
                        "IdempotencyKey",
                        header(
                                "Idempotency-Key",
                                "Sent again with the same key within 24 h, a request gets the first one's answer and"
                                        + " changes nothing; with another body it is refused (422)",
                                text("5f2b6c1e-0d3a-4c58-9a43-7be0c1f3a9d2")
                                        .minLength(1)
                                        .maxLength(200)))
                .addParameters(
                        "Position",
                        header(
                                "Trailer-Position",
                                "The Trailer-Position of one's own last change: waits, up to 2 s, until the answer has it",
                                position()))
                .addHeaders("ETag", answered("The generation, which counts what people asked for", text("\"3\"")))
                .addHeaders(
                        "Location",
                        answered(
                                "The path of what was created",
                                text("/api/v1/hosts/018f6f2e-7c1a-7d52-9a51-2f1d3c0b8a11")))
                .addHeaders("Position", answered("The position of the last event that this change wrote", position()))
                .addHeaders(
                        "Behind",
                        answered("true if the answer does not have the position asked for yet", text("true")));
    }

    private static Tag tag(String name, String description) {
        return new Tag().name(name).description(description);
    }

    private static Parameter header(String name, String description, Schema<?> schema) {
        return new HeaderParameter().name(name).description(description).schema(schema);
    }

    private static Header answered(String description, Schema<?> schema) {
        return new Header().description(description).schema(schema);
    }

    private static Schema<?> text(String example) {
        return typed("string").example(example);
    }

    private static Schema<?> position() {
        return typed("integer").format("int64").minimum(BigDecimal.ZERO);
    }

    private static JsonSchema typed(String type) {
        var schema = new JsonSchema();
        schema.setTypes(Set.of(type));
        return schema;
    }
}
