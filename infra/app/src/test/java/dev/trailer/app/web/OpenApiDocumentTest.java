package dev.trailer.app.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trailer.app.testing.Reply;
import dev.trailer.app.testing.SharedServer;
import dev.trailer.app.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * The document that the web client is generated from is the one that the server serves. After a change of the API, run
 * this with {@code -Dopenapi.write=true}: it writes the committed file.
 */
@ExtendWith(SharedServer.class)
class OpenApiDocumentTest {
    private final TestServer server;

    OpenApiDocumentTest(TestServer server) {
        this.server = server;
    }

    @Test
    void the_committed_document_is_what_the_server_serves() throws IOException {
        var served = pretty(document());
        if (Boolean.getBoolean("openapi.write")) {
            Files.writeString(committed(), served);
        }
        assertThat(Files.readString(committed()))
                .as("run this test with -Dopenapi.write=true")
                .isEqualTo(served);
    }

    @Test
    void every_operation_tells_how_it_refuses() {
        var paths = document().at("/paths");
        assertThat(paths.size()).isPositive();
        for (var path : paths) {
            for (var operation : path) {
                assertThat(operation.at("/responses/default/$ref").asString())
                        .as(operation.at("/operationId").asString())
                        .isEqualTo("#/components/responses/Problem");
            }
        }
    }

    @Test
    void it_names_no_machine() {
        assertThat(document().at("/servers").toString()).isEqualTo("[{\"url\":\"/\"}]");
    }

    /** What the document calls required is what the server says is missing from an empty request. */
    @ParameterizedTest
    @CsvSource({"/api/v1/workspaces, WorkspaceRequest", "/api/v1/hosts, HostRequest", "/api/v1/secrets, SecretRequest"})
    void required_fields_are_those_that_the_server_misses(String path, String schema) {
        var missed = new TreeSet<String>();
        for (var error : server.api().post(path, "{}").expect(400).json().at("/errors")) {
            assertThat(error.at("/code").asString()).isEqualTo("required");
            missed.add(error.at("/pointer").asString().substring(1));
        }
        assertThat(texts(document().at("/components/schemas/" + schema + "/required")))
                .containsExactlyInAnyOrderElementsOf(missed);
    }

    /** Every field that is promised is there, and no other. */
    @ParameterizedTest
    @CsvSource({"/api/v1/hosts, Host", "/api/v1/images, Image", "/api/v1/events, Fact"})
    void what_is_read_has_the_fields_that_the_document_promises(String path, String schema) {
        var read = server.api().get(path).expect(200).json().at("/items/0");
        var described = document().at("/components/schemas/" + schema);
        assertThat(read.propertyNames())
                .containsExactlyInAnyOrderElementsOf(described.at("/properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(texts(described.at("/required")));
    }

    private JsonNode document() {
        return server.api().get("/openapi.json").expect(200).json();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(JsonNode::asString).toList();
    }

    private static String pretty(JsonNode document) {
        return Reply.JSON
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(document)
                        .replace("\r\n", "\n")
                + "\n";
    }

    /** In the repository that the tests run in, whatever the working directory. */
    private static Path committed() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
            var file = folder.resolve("webui/openapi.json");
            if (Files.exists(file)) {
                return file;
            }
        }
        throw new IllegalStateException("no webui/openapi.json above the working directory");
    }
}
